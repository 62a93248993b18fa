using System.Security.Cryptography;
using Skytale.Sdk;
using Skytale.Sdk.Api;
using Skytale.Sdk.Slim;

namespace Skytale.Tests.EndToEnd;

/// <summary>An account of its own organisation, whose agents answer to SLIM names: in this process, over the SDK and a server.</summary>
public sealed class SlimAccount : IAsyncDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly List<SlimNativeAgent> _agents = [];
    private readonly SkytaleApiClient _api;
    private string _id = "";

    private SlimAccount(SkytaleApiClient api) => _api = api;

    public string Org { get; } = $"org{Guid.NewGuid():n}";

    public string ApiKey { get; private set; } = "";

    /// <summary>A folder that goes with the account.</summary>
    public string Home => _home.Path;

    /// <summary>Makes the account on a server.</summary>
    /// <param name="certificate">SHA-256 of the server's certificate, in hexadecimal.</param>
    public static async Task<SlimAccount> SignUpAsync(Uri server, string certificate)
    {
        var account = new SlimAccount(new SkytaleApiClient(server, Convert.FromHexString(certificate)));
        var made = await account._api.SignUpAsync($"{account.Org}@example.org", User.Password, account.Org);
        account._id = made.AccountId;
        account.ApiKey = (await account._api.CreateKeyAsync(made.AccountId, made.AccountToken)).ApiKey;
        return account;
    }

    /// <summary>A SLIM name of this account.</summary>
    public string NameOf(string application) => $"{Org}/ns/{application}";

    /// <summary>A new agent that is connected and answers to its name.</summary>
    /// <param name="setUp">What is to be different from an agent of the shared secret.</param>
    public async Task<SlimNativeAgent> ConnectAsync(string application, Func<SlimAgentOptions, SlimAgentOptions>? setUp = null)
    {
        var agent = await SlimNativeAgent.ConnectAsync(await SkytaleAgent.ConnectAsync(await RegisterAsync(application)), NameOf(application), setUp);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>Registers an agent.</summary>
    /// <returns>What it connects with.</returns>
    public async Task<SkytaleAgentOptions> RegisterAsync(string name)
    {
        var (store, key) = (Path.Combine(_home.Path, $"{name}.db"), RandomNumberGenerator.GetBytes(32));
        var id = await SkytaleAgent.CreateStoreAsync(store, key);
        await _api.RegisterAgentAsync(_id, ApiKey, name, id, await SkytaleAgent.SignRegistrationAsync(store, key, _id, name));
        return new SkytaleAgentOptions { StorePath = store, StoreKey = key, GetRelayAccess = cancel => _api.GetRelayAccessAsync(ApiKey, id, cancel) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        _api.Dispose();
        _home.Dispose();
    }
}
