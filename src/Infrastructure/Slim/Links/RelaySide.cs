using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Slim.Grpc;

namespace Skytale.Slim.Links;

/// <param name="Subscriber">Who asks: the application's own name.</param>
/// <param name="Name">What is subscribed.</param>
internal readonly record struct Subscription(SlimName Subscriber, SlimName Name, SubscriptionId Id)
{
    /// <summary>What tells it from others, to the relay too: hashes and ids, whatever text stands beside them.</summary>
    public Subscription Key => new(Bare(Subscriber), Bare(Name), Id);

    private static SlimName Bare(SlimName name) => name with { Id = name.Id ?? SlimNameId.Any, Text = null };
}

/// <summary>
/// An application's link as the relay sees it: one stream of the proxy's connection. When the connection is lost another stream is
/// opened on the next one, and the names that the application has subscribed are subscribed again before anything else: the
/// application sees a pause. One caller for what it sends and one for what it is delivered, at the same time.
/// </summary>
/// <param name="relay">The proxy's connection.</param>
/// <param name="token">The application's, shown again each time; null: the relay asks for none.</param>
/// <param name="lost">Told why the relay was lost.</param>
internal sealed class RelaySide(RelayLink.RelayLink relay, string? token, Action<string> lost) : IAsyncDisposable
{
    /// <summary>Before another try: a relay that takes a link only to end it is not to be stormed.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly Dictionary<Subscription, Subscription> _subscriptions = [];
    private TaskCompletionSource<SlimLink> _current = NewSource();

    /// <exception cref="GrpcException">The relay refuses the link.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = await relay.ConnectionAsync(cancellationToken);
            try
            {
                var link = await OpenOnAsync(connection, cancellationToken);
                lock (_gate)
                    _current.SetResult(link);
                return;
            }
            catch (TransportException e) when (e is { Error: TransportError.StreamReset, Code: > 0 and var code } && (ErrorCode)code is not ErrorCode.Unavailable)
            {
                throw new Refusal((ErrorCode)code, "The relay has turned the link away.").ToGrpc();
            }
            catch (TransportException e)
            {
                lost(e.Message); // Between two connections.
            }
            await Task.Delay(s_pause, cancellationToken);
        }
    }

    /// <returns>Why the name is not taken, or null.</returns>
    public async Task<Refusal?> SubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        // Before it is asked for: whatever connection answers, it is subscribed on the one that lives.
        lock (_gate)
            _subscriptions[subscription.Key] = subscription;
        var refusal = await OnLinkAsync(link => link.SubscribeAsync(subscription.Subscriber, subscription.Name, subscription.Id, cancellationToken), cancellationToken);
        if (refusal is not null)
            Forget(subscription);
        return refusal;
    }

    /// <returns>Why there is nothing to unsubscribe, or null.</returns>
    public async Task<Refusal?> UnsubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        // Forgotten when it is answered: on a link that is opened meanwhile there is something to take back, and the mailbox goes.
        var refusal = await OnLinkAsync(link => link.UnsubscribeAsync(subscription.Subscriber, subscription.Name, subscription.Id, cancellationToken), cancellationToken);
        Forget(subscription);
        return refusal;
    }

    /// <summary>Hands an envelope to the relay, to the next connection where this one is lost meanwhile.</summary>
    /// <exception cref="ProtocolException">It is more than the relay takes; nothing was sent.</exception>
    public Task PublishAsync(Envelope envelope, CancellationToken cancellationToken) =>
        OnLinkAsync<Refusal?>(
            async link =>
            {
                await link.PublishAsync(envelope, cancellationToken);
                return null;
            },
            cancellationToken);

    /// <summary>Hands over what the relay delivers, until it is cancelled.</summary>
    /// <exception cref="GrpcException">The relay has ended the link for what came over it.</exception>
    public async Task DeliverAsync(Func<Envelope, CancellationToken, ValueTask> deliver, CancellationToken cancellationToken)
    {
        while (true)
        {
            var link = await CurrentAsync(cancellationToken);
            await foreach (var envelope in link.ReadAllAsync(cancellationToken))
                await deliver(envelope, cancellationToken);
            if (await link.Closed is { Code: not (ErrorCode.Unavailable or ErrorCode.Internal) } refusal)
                throw refusal.ToGrpc();
            lost(link.Closed.Result?.Detail ?? "The connection was lost.");
            Renew(link);
            await link.DisposeAsync();
            await Task.Delay(s_pause, cancellationToken);
            await OpenAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_current.Task.IsCompletedSuccessfully)
            await (await _current.Task).DisposeAsync();
    }

    private async Task<SlimLink> OpenOnAsync(RelayConnection connection, CancellationToken cancellationToken)
    {
        var opened = await connection.OpenSlimLinkAsync(token, cancellationToken);
        var link = opened.IsSuccess ? opened.Value : throw opened.Refusal.ToGrpc();
        try
        {
            await SubscribeAgainAsync(link, cancellationToken);
            return link;
        }
        catch
        {
            await link.DisposeAsync(); // Or it went on at the relay, with names that nobody reads.
            throw;
        }
    }

    /// <summary>All at once: what waits for the first is not to stand before the answer for the last.</summary>
    private async Task SubscribeAgainAsync(SlimLink link, CancellationToken cancellationToken)
    {
        Subscription[] living;
        lock (_gate)
            living = [.. _subscriptions.Values];
        foreach (var refusal in await Task.WhenAll(living.Select(one => link.SubscribeAsync(one.Subscriber, one.Name, one.Id, cancellationToken))))
        {
            if (refusal is not null)
                throw refusal.ToGrpc(); // It was allowed before: the application had better come again than wait for what never comes.
        }
    }

    private async Task<T> OnLinkAsync<T>(Func<SlimLink, Task<T>> use, CancellationToken cancellationToken)
    {
        while (true)
        {
            var link = await CurrentAsync(cancellationToken);
            try
            {
                return await use(link);
            }
            catch (TransportException)
            {
                Renew(link); // The delivering half sees it too, says so, and opens the next one.
            }
        }
    }

    private Task<SlimLink> CurrentAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _current.Task.WaitAsync(cancellationToken);
    }

    private void Renew(SlimLink dead)
    {
        lock (_gate)
        {
            if (_current.Task is { IsCompletedSuccessfully: true, Result: var current } && current == dead)
                _current = NewSource();
        }
    }

    private void Forget(Subscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription.Key);
    }

    private static TaskCompletionSource<SlimLink> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
