using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;

namespace Skytale.Slim.Tests.Links;

/// <summary>The real data plane in front of the real relay, both in this process, with a clock each that the test moves. All links come over one connection.</summary>
internal sealed class TestFront : IAsyncDisposable
{
    private readonly SaidLines _said = new();
    private readonly ILoggerFactory _loggers;
    private readonly SlimServer _server;
    private HttpClient? _http;

    private TestFront(TestRelay relay, int linksPerConnection, int maxLinks, FakeTimeProvider time)
    {
        (Relay, Time) = (relay, time);
        _loggers = LoggerFactory.Create(logging => logging.AddFilter("Microsoft", LogLevel.Warning).AddProvider(_said));
        var proxy = relay.NewAgent();
        relay.Proxies.Trust(proxy.Id);
        var options = new SlimServerOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Credentials = new LinkCredentials((_, _, _, _) => Task.FromResult<Result<string>>(new Refusal(ErrorCode.InvalidCredentials, "There is no API here."))),
            NodeId = "proxy",
            LinksPerConnection = linksPerConnection,
            MaxLinks = maxLinks,
        };
        _server = new SlimServer(options, () => Connect(proxy, options.RelayLimits), Time, _loggers);
    }

    /// <summary>How many connections to the relay the proxy has made.</summary>
    public int Connections { get; private set; }

    public TestRelay Relay { get; }

    /// <summary>Where applications connect.</summary>
    public IPEndPoint EndPoint => _server.LocalEndPoint;

    /// <summary>The proxy's clock; the relay has its own.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>What the proxy logs.</summary>
    public IReadOnlyCollection<string> Lines => _said.Lines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="time">The proxy's clock.</param>
    public static async Task<TestFront> StartAsync(int linksPerConnection = 250, int maxLinks = 1_000, FakeTimeProvider? time = null)
    {
        // The relay's clock stands still: what is asked of it is asked in one second.
        var rates = new RelayRates { KeyPerSecond = 1_000_000, AccountPerSecond = 1_000_000 };
        var front = new TestFront(await TestRelay.StartAsync(rates: rates), linksPerConnection, maxLinks, time ?? new FakeTimeProvider(DateTimeOffset.UtcNow));
        await front._server.StartAsync(Cancel);
        front._http = new HttpClient { BaseAddress = new Uri($"http://{front._server.LocalEndPoint}"), Timeout = Timeout.InfiniteTimeSpan };
        return front;
    }

    /// <summary>A call that shows this token and has said nothing yet.</summary>
    public Task<RawLink> CallAsync(string? token) => RawLink.CallAsync(_http ?? throw new InvalidOperationException("Not started."), token);

    /// <summary>A call of an agent's application.</summary>
    public Task<RawLink> CallAsync(TestAgent agent) => CallAsync(agent.SlimToken());

    /// <summary>A negotiated link of an agent's application.</summary>
    public async Task<RawLink> OpenAsync(TestAgent agent) => await (await CallAsync(agent)).NegotiateAsync();

    private RelayLink.RelayLink Connect(TestAgent proxy, TransportLimits limits)
    {
        Connections++;
        var link = new RelayLink.RelayLink(Relay.Transport, _ => Task.FromResult(TestProxy.DialOf(Relay, proxy.Signer) with { Limits = limits }), (_, ended) => Task.Delay(Timeout.Infinite, ended), _ => { });
        link.Start();
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _server.DisposeAsync();
        await Relay.DisposeAsync();
        _loggers.Dispose();
        _said.Dispose();
    }
}
