using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.Sdk;
using Skytale.Sdk.Api;
using Skytale.Server;

namespace Skytale.Tests;

/// <summary>A whole service in this process on free ports of loopback, with one account, in a folder of its own.</summary>
public sealed class World : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-agent-");
    private ServerHost? _server;
    private SkytaleApiClient? _api;
    private NewAccount? _account;
    private string _key = "";

    public string Org => _account!.Org;

    public SkytaleApiClient Api => _api!;

    public string CertificateSha256 => _server!.Certificate.Sha256;

    /// <summary>The server's own folder.</summary>
    public string Data => Path.Combine(_folder.FullName, "server");

    /// <summary>Ends the one API key that all agents here get their tokens with.</summary>
    public async Task RevokeKeyAsync()
    {
        var key = (await Api.ListKeysAsync(_account!.AccountId, _account.AccountToken)).Single();
        await Api.RevokeKeyAsync(_account.AccountId, _account.AccountToken, key.KeyId);
    }

    /// <summary>Makes another, which they use from now on.</summary>
    public async Task UseNewKeyAsync() => _key = (await Api.CreateKeyAsync(_account!.AccountId, _account.AccountToken)).ApiKey;

    public static async Task<World> StartAsync(params string[] settings)
    {
        var world = new World();
        await world.StartServerAsync(settings);
        world._account = await world.Api.SignUpAsync($"{Guid.NewGuid():N}@example.org", Password);
        await world.UseNewKeyAsync();
        return world;
    }

    /// <summary>Registers a new agent; it is not connected yet.</summary>
    public async Task<AgentHome> CreateAgentAsync(string name)
    {
        var home = new AgentHome(Path.Combine(_folder.FullName, name + ".db"), RandomNumberGenerator.GetBytes(32), name);
        home.Id = await SkytaleAgent.CreateStoreAsync(home.Path, home.Key);
        var proof = await SkytaleAgent.SignRegistrationAsync(home.Path, home.Key, _account!.AccountId, name);
        await Api.RegisterAgentAsync(_account.AccountId, _key, name, home.Id, proof);
        return home;
    }

    public Task<SkytaleAgent> ConnectAsync(AgentHome home, TransportChoice choice = TransportChoice.Auto, ILoggerFactory? logging = null, ITransport? transport = null, TimeProvider? time = null, KeyRotation? rotation = null, MessagePadding padding = MessagePadding.Buckets) => SkytaleAgent.ConnectAsync(new SkytaleAgentOptions
    {
        Transport = transport,
        TransportChoice = choice,
        Logging = logging,
        Time = time,
        KeyRotation = rotation ?? new KeyRotation(),
        Padding = padding,
        StorePath = home.Path,
        StoreKey = home.Key,
        GetRelayAccess = cancellationToken => Api.GetRelayAccessAsync(_key, home.Id, cancellationToken),
    });

    public async Task<(AgentHome Home, SkytaleAgent Agent)> NewAgentAsync(string name)
    {
        var home = await CreateAgentAsync(name);
        return (home, await ConnectAsync(home));
    }

    /// <summary>A channel of the first that the second is added to.</summary>
    public async Task<(SkytaleChannel AtFirst, SkytaleChannel AtSecond)> MeetAsync(SkytaleAgent first, SkytaleAgent second)
    {
        var atFirst = await first.CreateChannelAsync($"{Org}/team/general");
        await atFirst.AddMemberAsync(second.Id).Soon();
        return (atFirst, await second.JoinAsync(atFirst.Name.ToString()).Soon());
    }

    /// <summary>A server on the same data: accounts stay, what the relay kept in memory is gone.</summary>
    public async Task RestartServerAsync(params string[] settings)
    {
        await StopServerAsync();
        await StartServerAsync(settings);
    }

    public async Task StopServerAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    /// <summary>One after <see cref="StopServerAsync"/>, on what is in <see cref="Data"/> then.</summary>
    public async Task StartServerAsync(params string[] settings)
    {
        _server = await ServerHost.BuildAsync(
        [
            "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0", $"--SKYTALE_HOME={_folder.FullName}", "--Logging:LogLevel:Default=Warning",
            "--Api:Limits:AddressPerMinute=100000", "--Api:Limits:KeyPerMinute=100000", .. settings,
        ]);
        await _server.StartAsync();
        _api?.Dispose();
        _api = new SkytaleApiClient(_server.ApiUrl, Convert.FromHexString(_server.Certificate.Sha256));
    }

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Where an agent's state lives.</summary>
public sealed record AgentHome(string Path, ReadOnlyMemory<byte> Key, string Name)
{
    public AgentId Id { get; set; }
}
