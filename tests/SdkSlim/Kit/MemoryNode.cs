using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;

namespace Skytale.Tests.Kit;

/// <summary>Routes as a SLIM node does: by name and fanout, never back, and to nobody without a word.</summary>
internal sealed class MemoryNode
{
    private readonly Lock _gate = new();
    private readonly List<(MemberKey Name, MemoryLink Link)> _subscriptions = [];
    private readonly List<Envelope> _log = [];

    /// <summary>What a test does to a message on its way: null loses it.</summary>
    public Func<Envelope, Envelope?>? OnTheWay { get; set; }

    /// <summary>Everything that was published.</summary>
    public IReadOnlyList<Envelope> Published
    {
        get
        {
            lock (_gate)
                return [.. _log];
        }
    }

    public MemoryLink Connect() => new(this);

    internal void Subscribe(MemoryLink link, SlimName name)
    {
        lock (_gate)
            _subscriptions.Add((MemberKey.Of(name), link));
    }

    internal void Unsubscribe(MemoryLink link, SlimName name)
    {
        lock (_gate)
            _subscriptions.Remove((MemberKey.Of(name), link));
    }

    internal void Publish(MemoryLink from, Envelope envelope)
    {
        List<MemoryLink> to;
        lock (_gate)
        {
            _log.Add(envelope);
            var destination = MemberKey.Of(envelope.Destination);
            to = [.. _subscriptions
                .Where(subscription => subscription.Link != from && (subscription.Name == destination || (destination.Id == SlimNameId.Any && subscription.Name.AnyId == destination)))
                .Select(subscription => subscription.Link)
                .Distinct()];
        }
        if (envelope.Fanout == 1)
            to = [.. to.Take(1)];
        foreach (var link in to)
        {
            if ((OnTheWay is { } onTheWay ? onTheWay(envelope) : envelope) is { } arriving)
                link.Deliver(arriving);
        }
    }
}

/// <summary>A link to such a node.</summary>
internal sealed class MemoryLink(MemoryNode node) : ISlimLink
{
    private readonly Channel<Envelope> _arriving = Channel.CreateUnbounded<Envelope>();

    private int _handling;

    /// <summary>True when the agent has handled all that has arrived.</summary>
    public bool IsIdle => Volatile.Read(ref _handling) == 0;

    /// <summary>What a test does to a message that arrives here: null loses it.</summary>
    public Func<Envelope, Envelope?>? OnArrival { get; set; }

    /// <summary>Whether the link is there: publishing waits until it is.</summary>
    public Task Up { get; set; } = Task.CompletedTask;

    /// <summary>Whether unsubscribing is done: it waits until it is.</summary>
    public Task MayUnsubscribe { get; set; } = Task.CompletedTask;

    /// <summary>Names of another account.</summary>
    public Func<SlimName, bool> Refuses { get; set; } = _ => false;

    public Task SubscribeAsync(SlimName subscriber, SlimName name, CancellationToken cancellationToken)
    {
        if (Refuses(name))
            throw new SlimException(SlimError.Refused, "another's");
        node.Subscribe(this, name);
        return Task.CompletedTask;
    }

    public async Task UnsubscribeAsync(SlimName name, CancellationToken cancellationToken)
    {
        await MayUnsubscribe.WaitAsync(cancellationToken);
        node.Unsubscribe(this, name);
    }

    public async ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        await Up.WaitAsync(cancellationToken);
        node.Publish(this, envelope);
    }

    public async IAsyncEnumerable<Envelope> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var envelope in _arriving.Reader.ReadAllAsync(cancellationToken))
        {
            yield return envelope;
            Interlocked.Decrement(ref _handling);
        }
    }

    public ValueTask DisposeAsync()
    {
        _arriving.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal void Deliver(Envelope envelope)
    {
        if ((OnArrival is { } onArrival ? onArrival(envelope) : envelope) is not { } arriving)
            return;
        Interlocked.Increment(ref _handling);
        _arriving.Writer.TryWrite(arriving);
    }
}
