using System.Text;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.RelayLink;

namespace Skytale.Relay.Tests.Kit;

/// <summary>A link and what comes on it, with words for content.</summary>
internal sealed class TestLink(SlimLink link) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<Envelope> _received = link.ReadAllAsync(Cancel).GetAsyncEnumerator();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public SlimLink Link { get; } = link;

    /// <summary>A name of an application of "org", or of another organisation.</summary>
    public static SlimName Name(string application, ulong id = 1, string organization = "org") => SlimName.Of(organization, "ns", application, new SlimNameId(0, id));

    public static SlimName Any(string application) => Name(application) with { Id = SlimNameId.Any };

    /// <summary>Subscribes a name, of the application itself unless it is said.</summary>
    public async Task<TestLink> SubscribeAsync(SlimName name, SlimName? subscriber = null, ulong id = 1)
    {
        (await Link.SubscribeAsync(subscriber ?? name, name, new SubscriptionId(id), Cancel)).ShouldBeNull();
        return this;
    }

    public async Task RefusedAsync(ErrorCode code, SlimName name, SlimName? subscriber = null, ulong id = 1) =>
        (await Link.SubscribeAsync(subscriber ?? name, name, new SubscriptionId(id), Cancel)).ShouldNotBeNull().Code.ShouldBe(code);

    public static Envelope Say(SlimName from, SlimName to, string text, uint fanout = 256) => new()
    {
        Source = from,
        Destination = to,
        Identity = "shared:token",
        Fanout = fanout,
        Ttl = 8,
        Session = new SessionHeader(1, 1, 7, 1),
        ContentKind = ContentKind.Application,
        PayloadType = "msg",
        Content = Encoding.UTF8.GetBytes(text),
    };

    public ValueTask PublishAsync(SlimName from, SlimName to, string text, uint fanout = 256) => Link.PublishAsync(Say(from, to, text, fanout), Cancel);

    public async Task<Envelope> NextAsync()
    {
        (await _received.MoveNextAsync()).ShouldBeTrue("the link has ended");
        return _received.Current;
    }

    public async Task<string> NextTextAsync() => Encoding.UTF8.GetString((await NextAsync()).Content.Span);

    /// <summary>The relay has carried out all that was published before; a subscription that there was is taken for it.</summary>
    public Task BarrierAsync(SlimName subscribed) => SubscribeAsync(subscribed);

    /// <summary>The relay ends the link, with this code.</summary>
    public async Task EndedAsync(ErrorCode code) => (await Link.Closed.WaitAsync(Cancel)).ShouldNotBeNull().Code.ShouldBe(code);

    public async ValueTask DisposeAsync()
    {
        await Link.DisposeAsync();
        await _received.DisposeAsync();
    }
}
