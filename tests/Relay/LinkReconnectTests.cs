using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Relay.Tests;

/// <summary>Links of SLIM names over the real transports, and what a proxy and an agent do when their relay goes and comes back.</summary>
public sealed class LinkReconnectTests
{
    private const int Timeout = 120_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory(Timeout = Timeout)]
    [InlineData(TransportKind.Quic)]
    [InlineData(TransportKind.Tls)]
    public async Task A_proxy_and_an_agent_open_their_links_again_when_the_relay_is_back(TransportKind kind)
    {
        await using var relay = await TestRelay.StartAsync(transport: RelayTransport.Create([kind]));
        var owner = relay.NewAgent();
        await using var proxy = new TestProxy();
        relay.Proxies.Trust(proxy.Id);
        await using var ofProxy = Healing(relay, () => proxy.Dial(relay));
        await using var ofAgent = Healing(relay, owner.Dial);

        for (var start = 1; start <= 3; start++)
        {
            await using var alice = await OpenAsync(ofProxy, owner.SlimToken(), Name("alice"));
            await using var native = await OpenAsync(ofAgent, null, Name("native"));
            await TalkAsync(alice, native);
            await relay.RestartAsync();
            await alice.Link.Closed.WaitAsync(Cancel);
            await native.Link.Closed.WaitAsync(Cancel);
        }
    }

    private static RelayLink.RelayLink Healing(TestRelay relay, Func<RelayLink.RelayDial> dial)
    {
        var link = new RelayLink.RelayLink(relay.Transport, _ => Task.FromResult(dial()), (_, ended) => Task.Delay(System.Threading.Timeout.Infinite, ended), _ => { });
        link.Start();
        return link;
    }

    private static async Task<TestLink> OpenAsync(RelayLink.RelayLink relay, string? token, SlimName name)
    {
        while (true)
        {
            try
            {
                var connection = await relay.ConnectionAsync(Cancel);
                return await new TestLink((await connection.OpenSlimLinkAsync(token, Cancel)).Value).SubscribeAsync(name);
            }
            catch (TransportException)
            {
                // The connection that the relay has left, a moment before that is known.
            }
        }
    }

    private static async Task TalkAsync(TestLink alice, TestLink native)
    {
        await alice.PublishAsync(Name("alice"), Name("native"), "asked");
        (await native.NextTextAsync()).ShouldBe("asked");
        var large = Say(Name("native"), Name("alice"), "") with { Content = Skytale.Conformance.TransportStreamExtensions.Bytes(1 << 20, 7) };
        await native.Link.PublishAsync(large, Cancel);
        (await alice.NextAsync()).Content.ToArray().ShouldBe(large.Content.ToArray());
    }
}
