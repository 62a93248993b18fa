using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;

namespace Skytale.Benchmarks.Slim;

/// <summary>A native agent's link of SLIM names, below sessions.</summary>
internal sealed class Native : IAsyncDisposable
{
    private readonly RelayConnection _connection;
    private readonly SlimLink _link;
    private readonly IAsyncEnumerator<Envelope> _received;

    private Native(SlimName name, RelayConnection connection, SlimLink link) =>
        (Name, _connection, _link, _received) = (name, connection, link, link.ReadAllAsync().GetAsyncEnumerator());

    public SlimName Name { get; }

    /// <summary>A new agent, which has subscribed its name.</summary>
    public static async Task<Native> ConnectAsync(ITransport transport, RelayProcess relay, string application)
    {
        var connection = await Member.Create(relay.Issuer).ConnectAsync(transport, relay.Place);
        var link = (await connection.OpenSlimLinkAsync()).Value;
        var name = NameOf(application);
        return await link.SubscribeAsync(name, name, new SubscriptionId(1)) is { } refusal
            ? throw new InvalidOperationException(refusal.Detail)
            : new Native(name, connection, link);
    }

    public static SlimName NameOf(string application) => SlimName.Of(Member.Org, "ns", application, new SlimNameId(0, 1));

    /// <summary>A message as sessions send them: names in full, an identity, a signature.</summary>
    public static Envelope Say(SlimName from, SlimName to, int size) => new()
    {
        Source = from,
        Destination = to,
        Identity = new string('i', 229),
        Fanout = 1,
        Ttl = 8,
        HeaderSignature = new byte[71],
        Session = new SessionHeader(1, 1, 1, 1),
        ContentKind = ContentKind.Application,
        PayloadType = "msg",
        Content = new byte[size],
    };

    public ValueTask PublishAsync(Envelope envelope) => _link.PublishAsync(envelope);

    public async Task<Envelope> ReceiveAsync() => await _received.MoveNextAsync() ? _received.Current : throw new InvalidOperationException("The link has ended.");

    public async ValueTask DisposeAsync()
    {
        await _received.DisposeAsync();
        await _link.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
