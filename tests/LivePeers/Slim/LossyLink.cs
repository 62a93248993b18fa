using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.SlimWire.Messages;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>A native agent's link that loses some messages.</summary>
internal sealed class LossyLink(ISlimLink link) : ISlimLink
{
    /// <summary>What does not come in.</summary>
    public Func<Envelope, bool> LosesArriving { get; set; } = _ => false;

    /// <summary>What does not go out.</summary>
    public Func<Envelope, bool> LosesLeaving { get; set; } = _ => false;

    /// <summary>Everything that came.</summary>
    public ConcurrentQueue<Envelope> Arrived { get; } = [];

    public Task SubscribeAsync(SlimName subscriber, SlimName name, CancellationToken cancellationToken) => link.SubscribeAsync(subscriber, name, cancellationToken);

    public Task UnsubscribeAsync(SlimName name, CancellationToken cancellationToken) => link.UnsubscribeAsync(name, cancellationToken);

    public ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken) =>
        LosesLeaving(envelope) ? ValueTask.CompletedTask : link.PublishAsync(envelope, cancellationToken);

    public async IAsyncEnumerable<Envelope> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var envelope in link.ReadAllAsync(cancellationToken))
        {
            if (LosesArriving(envelope))
                continue;
            Arrived.Enqueue(envelope);
            yield return envelope;
        }
    }

    public ValueTask DisposeAsync() => link.DisposeAsync();

    public static bool IsOf(Envelope envelope, SessionMessageType type) => envelope.Session.MessageType == (uint)type;

    public bool HasArrived(SessionMessageType type) => Arrived.Any(envelope => IsOf(envelope, type));
}
