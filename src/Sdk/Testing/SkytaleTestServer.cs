using System.Collections.Concurrent;
using System.Security.Cryptography;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Testing;

/// <summary>
/// A server with an account, for tests: the real program as a child process, on ports of loopback that the system chooses, with its
/// channels in memory and everything else in a folder that goes with it. It ends with this process, also when that is killed.
/// All members may be called concurrently; servers of parallel tests do not meet.
/// </summary>
public sealed class SkytaleTestServer : IAsyncDisposable
{
    private const int PasswordSize = 24;

    private readonly ServerProgram _program;
    private readonly ConcurrentBag<SkytaleAgent> _agents = [];
    private readonly SkytaleApiClient _api;

    private SkytaleTestServer(ServerProgram program, SkytaleApiClient api, string accountId, string org, string apiKey)
    {
        _program = program;
        _api = api;
        AccountId = accountId;
        Org = org;
        ApiKey = apiKey;
    }

    /// <summary>The API server's https address.</summary>
    public Uri Url => _program.Url;

    /// <summary>SHA-256 of the server's certificate, 64 hexadecimal digits: what agents of other processes are to trust.</summary>
    public string Certificate => _program.Certificate;

    /// <summary>The server's state folder: agents that are connected here live in it. Deleted with the server.</summary>
    public string Home => _program.Home;

    /// <summary>The account that was made at the start.</summary>
    public string AccountId { get; }

    /// <summary>Its organisation: the first part of its channels' names.</summary>
    public string Org { get; }

    /// <summary>Its API key, with every right that an account can give.</summary>
    public string ApiKey { get; }

    /// <summary>Starts a server and makes an account with a key at it.</summary>
    /// <param name="options">What is not by default.</param>
    /// <param name="cancellationToken">Gives up, and ends what was started.</param>
    /// <exception cref="SkytaleTestServerException">The program is not there, or did not start; the message has its last lines.</exception>
    public static async Task<SkytaleTestServer> StartAsync(SkytaleTestServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SkytaleTestServerOptions();
        var program = await ServerProgram.StartAsync(options, cancellationToken).ConfigureAwait(false);
        SkytaleApiClient? api = null;
        try
        {
            api = new SkytaleApiClient(program.Url, Convert.FromHexString(program.Certificate));
            var (id, org, key) = await SignUpAsync(api, options.Org, cancellationToken).ConfigureAwait(false);
            return new SkytaleTestServer(program, api, id, org, key);
        }
        catch
        {
            api?.Dispose();
            await program.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Connects an agent of the account; it is made on first use, and is disposed with the server unless it was before.</summary>
    /// <param name="name">Its name in the account: 1 to 64 lower-case letters, digits, '-', '_' and '.'.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SkytaleException">It cannot be made, or is connected already.</exception>
    public async Task<SkytaleAgent> ConnectAgentAsync(string name, CancellationToken cancellationToken = default)
    {
        var agent = await SkytaleAgent.ConnectAsync(AgentOptions(name), cancellationToken).ConfigureAwait(false);
        _agents.Add(agent);
        return agent;
    }

    /// <summary>What an agent of the account connects with, for a test that changes something of it.</summary>
    /// <param name="name">The agent's name in the account.</param>
    public SkytaleAgentOptions AgentOptions(string name) => new() { Name = name, ApiKey = ApiKey, Server = Url, Certificate = Certificate, Home = Home };

    /// <summary>Makes a further account, for a test of agents that belong to different owners.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The account's id, its organisation, and an API key of it.</returns>
    /// <exception cref="SkytaleException">The server refuses.</exception>
    public Task<(string AccountId, string Org, string ApiKey)> CreateAccountAsync(CancellationToken cancellationToken = default) => SignUpAsync(_api, org: null, cancellationToken);

    /// <summary>Ends agents and server, and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync().ConfigureAwait(false);
        _api.Dispose();
        await _program.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<(string AccountId, string Org, string ApiKey)> SignUpAsync(SkytaleApiClient api, string? org, CancellationToken cancellationToken)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(PasswordSize));
        var account = await api.SignUpAsync($"{Guid.NewGuid():n}@test.example", password, org, cancellationToken).ConfigureAwait(false);
        var key = await api.CreateKeyAsync(account.AccountId, account.AccountToken, cancellationToken: cancellationToken).ConfigureAwait(false);
        return (account.AccountId, account.Org, key.ApiKey);
    }
}
