using Skytale.Agent;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Sdk.Api;
using Skytale.Sdk.State;

namespace Skytale.Sdk;

/// <summary>What the options come to, with environment and state folder: store, key, transport, and where tokens come from.</summary>
internal sealed class AgentSetup : IAsyncDisposable
{
    private readonly ITransport? _ownedTransport;
    private readonly AgentFolder? _folder;
    private readonly string? _apiKey;
    private readonly SkytaleApiClient? _api;
    private Func<CancellationToken, Task<RelayAccess>>? _access;

    private AgentSetup(SkytaleAgentOptions options, TransportChoice transport, AgentFolder? folder, StoreKey storeKey, string? apiKey, ServerLocation? server)
    {
        Options = options;
        StoreKey = storeKey;
        StorePath = folder?.StorePath ?? options.StorePath!;
        _access = options.GetRelayAccess;
        _folder = folder;
        _apiKey = apiKey;
        _api = server?.Connect();
        Transport = options.Transport ?? (_ownedTransport = Create(transport, options));
    }

    public SkytaleAgentOptions Options { get; }

    public string StorePath { get; }

    public StoreKey StoreKey { get; }

    public ITransport Transport { get; }

    /// <summary>What channel names of two parts get in front; null: nothing is known.</summary>
    public string? Org { get; private set; }

    /// <summary>Reads options, environment and state folder; asks nobody.</summary>
    /// <param name="variable">The environment; an empty variable says nothing.</param>
    /// <exception cref="SkytaleException">Something that has no default is missing, or what is there is wrong; the message names it.</exception>
    public static AgentSetup Read(SkytaleAgentOptions options, Func<string, string?> variable)
    {
        if (options.StorePath is not null)
        {
            return options is { StoreKey: { } key, GetRelayAccess: not null }
                ? new AgentSetup(options, options.TransportChoice ?? TransportChoice.Auto, folder: null, key, apiKey: null, server: null)
                : throw new SkytaleException(SkytaleError.InvalidArgument, "StorePath is given without StoreKey or GetRelayAccess.", "Give all three, or leave them to the agent's name and API key.");
        }
        if (options.GetRelayAccess is not null)
            throw new SkytaleException(SkytaleError.InvalidArgument, "GetRelayAccess is given without StorePath.", "Make the store by CreateStoreAsync, or leave tokens to the API key.");
        var settings = new AgentSettings(options, variable);
        var apiKey = settings.ApiKey ?? throw new SkytaleException(
            SkytaleError.NotAuthenticated, "There is no API key.", "Set SkytaleAgentOptions.ApiKey or SKYTALE_API_KEY, or run: skytale keys create");
        var folder = settings.Folder;
        return new AgentSetup(options, settings.Transport, folder, settings.StoreKey, apiKey, settings.Server(apiKey));
    }

    /// <summary>Which store the options mean, and its key.</summary>
    public static (string Path, StoreKey Key) StoreOf(SkytaleAgentOptions options, Func<string, string?> variable)
    {
        var settings = new AgentSettings(options, variable);
        return (options.StorePath ?? settings.Folder.StorePath, settings.StoreKey);
    }

    /// <summary>Makes the agent where it is not there yet, and enters it into the account of the API key.</summary>
    public async Task MakeAgentAsync(CancellationToken cancellationToken)
    {
        if (_folder is null)
            return;
        var agent = _folder.Find();
        if (agent?.AccountId is null)
        {
            using var making = _folder.Lock();
            var owner = await _api!.ShowKeyAsync(_apiKey!, cancellationToken).ConfigureAwait(false);
            var registration = new Registration(_api, owner.AccountId, _apiKey!, owner.Orgs is [var org, ..] ? org : null);
            agent = await registration.CompleteAsync(_folder, StoreKey, cancellationToken).ConfigureAwait(false);
        }
        Org = agent.Org;
        var id = agent.Id;
        _access = stop => _api!.GetRelayAccessAsync(_apiKey!, id, stop);
    }

    /// <summary>What the next connection dials.</summary>
    public async Task<RelayDial> DialAsync(IdentityKey identity, CancellationToken cancellationToken)
    {
        var access = await _access!(cancellationToken).ConfigureAwait(false);
        return new RelayDial
        {
            EndPoint = access.EndPoint,
            ServerName = access.ServerName,
            PinnedCertificateHash = access.PinnedCertificateHash,
            Token = access.Token,
            AgentId = identity.Id,
            SignProof = content => identity.Sign(LabeledContent.RelayProof, content.Span),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_ownedTransport is not null)
            await _ownedTransport.DisposeAsync().ConfigureAwait(false);
    }

    private static ITransport Create(TransportChoice choice, SkytaleAgentOptions options)
    {
        try
        {
            return choice.Create(options.Quic);
        }
        catch (TransportException e)
        {
            throw e.ToSkytale();
        }
    }
}
