using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skytale.Agent;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.SqlCipher;

namespace Skytale.Sdk;

/// <summary>An agent, connected to its relay. All members may be called concurrently.</summary>
public sealed class SkytaleAgent : IAsyncDisposable
{
    private readonly AgentRuntime _runtime;
    private readonly ITransport? _ownedTransport;

    private SkytaleAgent(AgentRuntime runtime, ITransport? ownedTransport)
    {
        _runtime = runtime;
        _ownedTransport = ownedTransport;
    }

    /// <summary>The agent's did:key.</summary>
    public AgentId Id => _runtime.Id;

    /// <summary>The connection that lives now; null while there is none and the next is made.</summary>
    public AgentConnection? Connection => _runtime.Connection is { } live ? new AgentConnection(live.Relay, live.RemoteEndPoint, live.Kind) : null;

    /// <summary>The channels that this agent is in, or was removed from and has not read to their end.</summary>
    public IReadOnlyCollection<SkytaleChannel> Channels => _runtime.Channels;

    /// <summary>Makes an agent's store with a fresh identity key.</summary>
    /// <param name="storePath">The database file to make; its folder must exist.</param>
    /// <param name="storeKey">32 random bytes, kept apart from the store.</param>
    /// <returns>The agent's did:key, to be registered in an account.</returns>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.AlreadyExists"/>, or the store cannot be made.</exception>
    public static Task<AgentId> CreateStoreAsync(string storePath, ReadOnlyMemory<byte> storeKey, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var store = SqlCipherAgentStore.Open(storePath, storeKey.Span);
            using var existing = store.ReadIdentitySeed();
            if (existing is not null)
                throw new SkytaleException(SkytaleError.AlreadyExists, $"{storePath} holds an agent already.", "Choose another path.");
            using var identity = IdentityKey.Generate(RandomNumberGenerator.Fill);
            using var seed = identity.CopySeed();
            store.Write(transaction => transaction.PutIdentitySeed(seed));
            return identity.Id;
        },
        cancellationToken);

    /// <summary>The proof with which POST /accounts/{id}/agents takes the agent in: 64 bytes by its identity key.</summary>
    /// <exception cref="SkytaleException">The store cannot be read.</exception>
    public static Task<byte[]> SignRegistrationAsync(string storePath, ReadOnlyMemory<byte> storeKey, string accountId, string name, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            using var store = OpenStore(storePath, storeKey.Span);
            using var identity = ReadIdentity(store, storePath);
            return identity.Sign(LabeledContent.AgentRegistration, AgentRegistrationContent.Encode(accountId, name, identity.Id).Span).ToArray();
        },
        cancellationToken);

    /// <summary>Opens the store, connects to the relay and resumes every channel.</summary>
    /// <exception cref="SkytaleException">The store cannot be opened, the relay is not there or refuses.</exception>
    public static async Task<SkytaleAgent> ConnectAsync(SkytaleAgentOptions options, CancellationToken cancellationToken = default)
    {
        ITransport? owned = null;
        AgentRuntime? runtime = null;
        try
        {
            var transport = options.Transport ?? (owned = Create(options));
            runtime = await Task.Run(() => Open(options, transport), cancellationToken).ConfigureAwait(false);
            await runtime.StartAsync(cancellationToken).ConfigureAwait(false);
            return new SkytaleAgent(runtime, owned);
        }
        catch
        {
            if (runtime is not null)
                await runtime.DisposeAsync().ConfigureAwait(false);
            if (owned is not null)
                await owned.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a channel with this agent as its only member.</summary>
    /// <param name="name">org/namespace/service; the org must belong to the agent's account.</param>
    /// <exception cref="SkytaleException">Why it was not created.</exception>
    public Task<SkytaleChannel> CreateChannelAsync(string name, CancellationToken cancellationToken = default) =>
        _runtime.CreateChannelAsync(Parse(name), cancellationToken);

    /// <summary>The channel of a name: at once when this agent is in it, else as soon as a member adds it.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>.</exception>
    public Task<SkytaleChannel> JoinAsync(string name, CancellationToken cancellationToken = default) =>
        _runtime.JoinAsync(Parse(name), cancellationToken);

    /// <summary>
    /// Joins the channel of an invitation: asks its members, and waits until one of them that is connected admits this agent, however
    /// long that takes. The wish is in the store: it outlives this call, also when that is cancelled, the connection and the process, and
    /// ends with the invitation or by <see cref="CancelJoinAsync"/>; called again with the same invitation, this waits on.
    /// </summary>
    /// <param name="progress">Told what is waited for.</param>
    /// <exception cref="SkytaleException">
    /// <see cref="SkytaleError.InvalidArgument"/>: it is for another agent, or to a channel at another relay than this agent's;
    /// <see cref="SkytaleError.AlreadyExists"/>; <see cref="SkytaleError.Refused"/>: the invitation is over.
    /// </exception>
    public Task<SkytaleChannel> JoinAsync(Invitation invitation, IProgress<JoinProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _runtime.JoinAsync(invitation, progress, cancellationToken);

    /// <summary>Waits no longer to join a channel, and forgets the invitation. A member may have admitted this agent already.</summary>
    /// <returns>False where this agent did not wait to join it.</returns>
    /// <exception cref="SkytaleException">The relay was not told.</exception>
    public Task<bool> CancelJoinAsync(ChannelId channel, CancellationToken cancellationToken = default) => _runtime.CancelJoinAsync(channel, cancellationToken);

    /// <summary>
    /// A channel that this agent is a member of and whose state its store has lost: the members are asked to add it again, which
    /// any of them does that is there. Messages from before then cannot be read.
    /// </summary>
    /// <exception cref="SkytaleException">The agent is no member of the channel.</exception>
    public Task<SkytaleChannel> RecoverChannelAsync(ChannelId channel, CancellationToken cancellationToken = default) =>
        _runtime.RecoverAsync(channel, cancellationToken);

    /// <summary>The channel of a name, or null when this agent is not in it and has nothing of it to read.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>.</exception>
    public SkytaleChannel? FindChannel(string name) => _runtime.Find(Parse(name));

    /// <summary>How long a request to the relay and its answer take, which every send waits for at least.</summary>
    /// <exception cref="SkytaleException">There is no connection, or it ended meanwhile.</exception>
    public async Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken = default)
    {
        var connection = _runtime.Connection ?? throw new SkytaleException(SkytaleError.ConnectionLost, "There is no connection to the relay now.", "Try again.");
        // Of a channel that is nobody's: whatever the refusal, it comes at once.
        var nobodys = new ChannelId(RandomNumberGenerator.GetBytes(ChannelId.Size));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await connection.RequestAsync<CurrentGroupInfo>(id => new GetGroupInfo(id, nobodys), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TransportException or ProtocolException)
        {
            throw e.ToSkytale();
        }
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Opens a link of SLIM names on this agent's connection: what the SLIM half of the SDK takes part in sessions by.</summary>
    /// <exception cref="SkytaleException">The relay refuses, or the connection ended meanwhile.</exception>
    public Task<SlimLink> OpenSlimLinkAsync(CancellationToken cancellationToken = default) => _runtime.OpenSlimLinkAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync().ConfigureAwait(false);
        if (_ownedTransport is not null)
            await _ownedTransport.DisposeAsync().ConfigureAwait(false);
    }

    private static AgentRuntime Open(SkytaleAgentOptions options, ITransport transport)
    {
        var store = OpenStore(options.StorePath, options.StoreKey.Span);
        try
        {
            var identity = ReadIdentity(store, options.StorePath);
            var logger = (options.Logging ?? NullLoggerFactory.Instance).CreateLogger("Skytale.Agent");
            var parts = new AgentParts(store, identity, options.Time ?? TimeProvider.System, RandomNumberGenerator.Fill, logger);
            return AgentRuntime.Open(parts, transport, cancellationToken => DialAsync(options, identity, cancellationToken));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static async Task<RelayDial> DialAsync(SkytaleAgentOptions options, IdentityKey identity, CancellationToken cancellationToken)
    {
        var access = await options.GetRelayAccess(cancellationToken).ConfigureAwait(false);
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

    private static ITransport Create(SkytaleAgentOptions options)
    {
        try
        {
            return options.TransportChoice.Create(options.Quic);
        }
        catch (TransportException e)
        {
            throw e.ToSkytale();
        }
    }

    private static SqlCipherAgentStore OpenStore(string path, ReadOnlySpan<byte> key) => File.Exists(path)
        ? SqlCipherAgentStore.Open(path, key)
        : throw new SkytaleException(SkytaleError.StoreMissing, $"There is no agent at {path}.", "Create one first.");

    private static IdentityKey ReadIdentity(SqlCipherAgentStore store, string path)
    {
        using var seed = store.ReadIdentitySeed();
        return seed is null
            ? throw new SkytaleException(SkytaleError.StoreMissing, $"{path} holds no agent.", "Create one first.")
            : IdentityKey.FromSeed(seed.Span);
    }

    private static ChannelName Parse(string name) => ChannelName.TryParse(name, out var parsed)
        ? parsed
        : throw new SkytaleException(SkytaleError.InvalidArgument, $"'{name}' is no channel name.", "A name reads org/namespace/service, in lowercase letters, digits and . _ -");
}
