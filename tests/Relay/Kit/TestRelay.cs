using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skytale.Application;
using Skytale.Application.Delivery;
using Skytale.Application.Names;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Memory;
using Skytale.Channels;
using Skytale.Conformance;
using Skytale.Conformance.Memory;
using Skytale.Names;
using Skytale.Protocol.Transport;
using Skytale.Security.Tokens;
using Skytale.Server.Operations;
using Skytale.Server.Relay;
using Skytale.Tests;

namespace Skytale.Relay.Tests.Kit;

/// <summary>The real relay in this process, on a transport in memory or on QUIC, with a clock that the test moves.</summary>
internal sealed class TestRelay : IAsyncDisposable
{
    public const string Name = "localhost";

    private readonly TemporaryFolder _folder = new();
    private readonly ChannelLimits _limits;
    private NameLimits _names;
    private readonly RelayServerOptions _options;
    private readonly Func<IChannelLog> _openLog;
    private ServiceProvider _services = null!;
    private readonly TokenSigningKey _tokenKey;
    private readonly List<TestAgent> _agents = [];

    private TestRelay(ITransport transport, ChannelLimits limits, NameLimits names, RelayServerOptions options, Func<IChannelLog> openLog, FakeTimeProvider time)
    {
        Transport = transport;
        Time = time;
        (_limits, _names, _options, _openLog) = (limits, names, options, openLog);
        _tokenKey = TokenSigningKey.LoadOrCreate(_folder.File("token-key.pem"));
        Issuer = IssuerFor(Name);
    }

    public ITransport Transport { get; }

    public RelayServer Server { get; private set; } = null!;

    public FakeTimeProvider Time { get; }

    public TokenIssuer Issuer { get; }

    public LogLines Log { get; } = new();

    /// <summary>The same API server, issuing for a relay of this name.</summary>
    public TokenIssuer IssuerFor(string relayName) => new(new TokenOptions { RelayName = relayName }, _tokenKey, Time);

    public IChannelLog ChannelLog { get; private set; } = null!;

    public RevokedList Revoked { get; } = new();

    /// <summary>The SLIM proxies that the relay's configuration names.</summary>
    public SlimProxies Proxies { get; } = new();

    public RevokedCallers RevokedCallers => _services.GetRequiredService<RevokedCallers>();

    public ActiveNames Names => _services.GetRequiredService<ActiveNames>();

    public LiveConnections Live => _services.GetRequiredService<LiveConnections>();

    public JoinRequests JoinRequests => _services.GetRequiredService<JoinRequests>();

    public ChannelUpkeep Upkeep => _services.GetRequiredService<ChannelUpkeep>();

    /// <summary>What is stored of an agent's channel.</summary>
    public async Task<StoredChannel> ChannelOfAsync(TestAgent agent) => (await ChannelLog.LoadAsync(agent.ChannelId)).ShouldNotBeNull();

    public async Task<int> WelcomesWaitingForAsync(TestAgent agent) => (await ChannelLog.ReadLoadAsync(agent.Id)).Welcomes;

    /// <param name="openLog">Opens the log at each start; null: in memory, the same one at each.</param>
    public static async Task<TestRelay> StartAsync(ChannelLimits? limits = null, ITransport? transport = null, Func<IChannelLog>? openLog = null, RelayRates? rates = null,
        int pendingHandshakes = RelayServerOptions.MostPendingHandshakes, NameLimits? names = null, FakeTimeProvider? time = null)
    {
        var listen = TransportPair.Listen();
        var memory = new MemoryChannelLog();
        var options = new RelayServerOptions
        {
            Name = Name,
            ServerNames = [Name, "relay.example.org"],
            Listen = listen.LocalEndPoint,
            Certificate = listen.Certificate,
            Rates = rates ?? new RelayRates(),
            MaxPendingHandshakes = pendingHandshakes,
        };
        var relay = new TestRelay(transport ?? new MemoryTransport(new MemoryNetwork()), limits ?? new ChannelLimits(), names ?? new NameLimits(), options, openLog ?? (() => memory),
            time ?? new FakeTimeProvider(DateTimeOffset.UtcNow));
        await relay.StartServerAsync();
        return relay;
    }

    /// <summary>Stops the relay and starts another on what its log has. Agents have to connect anew.</summary>
    /// <param name="names">Other limits than before; null: the same.</param>
    public async Task RestartAsync(NameLimits? names = null)
    {
        await StopServerAsync();
        _names = names ?? _names;
        await StartServerAsync();
    }

    /// <summary>A transport connection, before any frame.</summary>
    /// <param name="over">The client's transport; null: the relay's own.</param>
    public async Task<TestConnection> DialAsync(ITransport? over = null) =>
        new(await (over ?? Transport).ConnectAsync(TransportPair.ConnectTo(Server.LocalEndPoint), TestContext.Current.CancellationToken));

    /// <summary>An agent that is not connected, of an account of its own.</summary>
    public TestAgent NewAgent(string org = "org") => Remember(new TestAgent(this, org));

    /// <summary>Another agent of the same account, whose tokens another API key has fetched, or the same one.</summary>
    public TestAgent NewAgentBeside(TestAgent agent, bool ofTheSameKey) =>
        Remember(ofTheSameKey ? new TestAgent(this, "org") { Account = agent.Account, Key = agent.Key } : new TestAgent(this, "org") { Account = agent.Account });

    /// <summary>An agent whose connection is ready.</summary>
    public async Task<TestAgent> ConnectAgentAsync(string org = "org")
    {
        var agent = NewAgent(org);
        await agent.ConnectAsync();
        return agent;
    }

    /// <summary>A channel with this many members, the creator first; all of them connected.</summary>
    public async Task<TestAgent[]> ChannelOfAsync(int members)
    {
        var agents = new TestAgent[members];
        for (var i = 0; i < members; i++)
            agents[i] = await ConnectAgentAsync();
        await agents[0].CreateChannelAsync("org/team/room");
        foreach (var agent in agents[1..])
        {
            await agent.UploadAsync();
            await agents[0].AddAsync(agent);
            foreach (var member in agents.TakeWhile(member => member != agent).Skip(1))
                await member.CatchUpAsync();
            await agent.JoinAsync();
        }
        return agents;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        await StopServerAsync();
        await Transport.DisposeAsync();
        _tokenKey.Dispose();
        _folder.Dispose();
    }

    private TestAgent Remember(TestAgent agent)
    {
        _agents.Add(agent);
        return agent;
    }

    private async Task StartServerAsync()
    {
        ChannelLog = _openLog();
        _services = new ServiceCollection().AddSingleton<TimeProvider>(Time).AddSkytaleApplication().AddSingleton(_limits).AddSingleton(_names).AddSingleton(ChannelLog).AddSingleton<IRevocations>(Revoked).BuildServiceProvider();
        Server = new RelayServer(
            Transport, _options, _services.GetRequiredService<IMediator>(), new TokenVerifier("skytale", [_tokenKey.Public], Time),
            _services.GetRequiredService<ConnectedAgents>(), RevokedCallers, Proxies, Names, Live, Time, new FewLines(Log, Time).CreateLogger<RelayServer>());
        await RevokedCallers.FollowAsync(TestContext.Current.CancellationToken);
        await Server.StartAsync(TestContext.Current.CancellationToken);
    }

    private async Task StopServerAsync()
    {
        await Server.DisposeAsync();
        await _services.DisposeAsync();
        await ChannelLog.DisposeAsync();
    }
}
