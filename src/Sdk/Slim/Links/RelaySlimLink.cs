using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;

namespace Skytale.Sdk.Slim;

/// <summary>A SLIM link over an agent's connection to its relay. When it is lost the next is opened, and what was subscribed is subscribed again.</summary>
public sealed class RelaySlimLink : ISlimLink
{
    /// <summary>Envelopes that wait here to be read; more are left to the relay.</summary>
    private const int MaxWaiting = 16;

    private static readonly TimeSpan s_betweenLinks = TimeSpan.FromMilliseconds(500);

    private readonly Func<CancellationToken, Task<SlimLink>> _open;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<SlimName, (SlimName Subscriber, SubscriptionId Id)> _subscriptions = new();
    private readonly Channel<Envelope> _arrived = Channel.CreateBounded<Envelope>(MaxWaiting);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Task _running;
    private TaskCompletionSource<SlimLink> _current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _lastSubscription;

    private RelaySlimLink(Func<CancellationToken, Task<SlimLink>> open, SlimLink first, ILogger logger)
    {
        _open = open;
        _logger = logger;
        _running = RunAsync(first);
    }

    /// <summary>Opens the first link, whose failure is the caller's; from then on it heals by itself.</summary>
    /// <param name="open">Opens a link on the connection that lives, or the next one: <c>SkytaleAgent.OpenSlimLinkAsync</c>.</param>
    /// <param name="logging">Where to say why a link was lost; null: nowhere.</param>
    /// <exception cref="SkytaleException">The relay is not there or refuses.</exception>
    public static async Task<RelaySlimLink> OpenAsync(Func<CancellationToken, Task<SlimLink>> open, ILoggerFactory? logging = null, CancellationToken cancellationToken = default) =>
        new(open, await open(cancellationToken).ConfigureAwait(false), (logging ?? NullLoggerFactory.Instance).CreateLogger("Skytale.Slim"));

    /// <inheritdoc/>
    public async Task SubscribeAsync(SlimName subscriber, SlimName name, CancellationToken cancellationToken)
    {
        // Known from now on to every link that is opened: what is asked for twice is granted once.
        var subscription = _subscriptions.GetOrAdd(name, _ => (subscriber, new SubscriptionId(Interlocked.Increment(ref _lastSubscription))));
        var refusal = await OnALinkAsync(link => link.SubscribeAsync(subscription.Subscriber, name, subscription.Id, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (refusal is null)
            return;
        _subscriptions.TryRemove(name, out _);
        throw new SlimException(SlimError.Refused, refusal.Detail);
    }

    /// <inheritdoc/>
    public async Task UnsubscribeAsync(SlimName name, CancellationToken cancellationToken)
    {
        if (!_subscriptions.TryRemove(name, out var subscription))
            return;

        // Where no link lives there is nothing to take back: the next one will not have it.
        Task<SlimLink> current;
        lock (_gate)
            current = _current.Task;
        if (!current.IsCompletedSuccessfully)
            return;
        var link = await current.ConfigureAwait(false);
        try
        {
            await link.UnsubscribeAsync(subscription.Subscriber, name, subscription.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            Lost(link);
        }
    }

    /// <inheritdoc/>
    public async ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            await OnALinkAsync(
                async link =>
                {
                    await link.PublishAsync(envelope, cancellationToken).ConfigureAwait(false);
                    return null;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ProtocolException e) when (e.Code == ErrorCode.PayloadTooLarge)
        {
            throw new SlimException(SlimError.MessageTooLarge, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Envelope> ReadAllAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAllAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The source has no timer and no handle: it stays, for those who still ask it.
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <summary>Does something on the link that lives, and again on the next one when that is lost meanwhile.</summary>
    private async Task<Refusal?> OnALinkAsync(Func<SlimLink, Task<Refusal?>> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<SlimLink> current;
            lock (_gate)
                current = _current.Task;
            var link = await current.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await act(link).ConfigureAwait(false);
            }
            catch (TransportException)
            {
                Lost(link);
            }
        }
    }

    private async Task RunAsync(SlimLink first)
    {
        try
        {
            for (var link = first; ; link = await ReopenAsync().ConfigureAwait(false))
                await ServeAsync(link).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: whoever waits for a link is told.
        }
        var closed = new SlimException(SlimError.LinkClosed, "The link was disposed.");
        lock (_gate)
        {
            if (!_current.TrySetException(closed))
            {
                _current = NewSource();
                _current.SetException(closed);
            }
            _ = _current.Task.Exception;
        }
        _arrived.Writer.TryComplete();
    }

    private async Task ServeAsync(SlimLink link)
    {
        await using (link.ConfigureAwait(false))
        {
            lock (_gate)
                _current.TrySetResult(link);
            await foreach (var envelope in link.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await _arrived.Writer.WriteAsync(envelope, _stop.Token).ConfigureAwait(false);
            Lost(link);
            SlimLog.LinkLost(_logger, (await link.Closed.ConfigureAwait(false))?.Detail ?? "the connection ended");
        }
    }

    /// <summary>The next link, with everything subscribed that was.</summary>
    private async Task<SlimLink> ReopenAsync()
    {
        while (true)
        {
            await Task.Delay(s_betweenLinks * (0.5 + (Random.Shared.NextDouble() / 2)), _stop.Token).ConfigureAwait(false);
            try
            {
                var link = await _open(_stop.Token).ConfigureAwait(false);
                if (await TryResubscribeAsync(link).ConfigureAwait(false))
                    return link;
                await link.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                // What opens it is the application's: whatever it throws, the link tries again and says why.
                SlimLog.LinkLost(_logger, e.Message);
            }
        }
    }

    private async Task<bool> TryResubscribeAsync(SlimLink link)
    {
        try
        {
            foreach (var (name, subscription) in _subscriptions)
            {
                if (await link.SubscribeAsync(subscription.Subscriber, name, subscription.Id, _stop.Token).ConfigureAwait(false) is { } refusal)
                    SlimLog.NotSubscribed(_logger, name.ToString(), refusal.Detail);
            }
            return true;
        }
        catch (TransportException e)
        {
            SlimLog.LinkLost(_logger, e.Message);
            return false;
        }
    }

    private void Lost(SlimLink link)
    {
        lock (_gate)
        {
            if (_current.Task is { IsCompletedSuccessfully: true } current && current.Result == link)
                _current = NewSource();
        }
    }

    private static TaskCompletionSource<SlimLink> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
