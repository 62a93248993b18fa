using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Waiting for a change of the channel, which is looked at and made under its gate.</summary>
internal sealed partial class ChannelSession
{
    /// <summary>How long a full inbox may stand still before whoever needs what is behind it is told.</summary>
    private static readonly TimeSpan ReadingPatience = TimeSpan.FromSeconds(3);

    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Runs under the gate.</summary>
    public async Task<T> LockedAsync<T>(Func<T> action, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return action();
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Runs under the gate.</summary>
    public Task LockedAsync(Action action, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            action();
            return true;
        },
        cancellationToken);

    /// <summary>Wakes whoever waits in <see cref="WaitAsync"/>; under the gate.</summary>
    public void SignalChange()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    /// <summary>Waits until the channel goes on, however long that takes; not for a removal to be voided.</summary>
    /// <exception cref="SkytaleException">It never will.</exception>
    public Task WaitForOrderAsync(CancellationToken cancellationToken) => WaitAsync(() => Trouble.IsOver || IsRemoved, cancellationToken);

    /// <summary>Waits until the condition holds; it is looked at under the gate, whenever something changed.</summary>
    /// <exception cref="SkytaleException">The channel cannot go on, or this agent was removed.</exception>
    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? changed = null;
            var holds = await LockedAsync(
                () =>
                {
                    changed = _changed.Task;
                    if (condition())
                        return true;
                    ThrowIfEnded();
                    return false;
                },
                cancellationToken).ConfigureAwait(false);
            if (holds)
                return;
            await changed!.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="WaitAsync"/>, for what comes from the relay: behind a full inbox it comes only while the application reads.</summary>
    /// <exception cref="SkytaleException">Also <see cref="SkytaleError.UnreadMessages"/>: the inbox is full and nobody reads.</exception>
    public async Task WaitWhileReadAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            await WaitAsync(() => condition() || Inbox.IsBlocked, cancellationToken).ConfigureAwait(false);
            var (holds, received) = await LockedAsync(() => (condition(), Received), cancellationToken).ConfigureAwait(false);
            if (holds)
                return;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(ReadingPatience);
            try
            {
                await WaitAsync(() => condition() || Received > received, patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new SkytaleException(
                    SkytaleError.UnreadMessages, $"{Inbox.Window} unread messages in {Name} stand before what this waits for.", "Read the channel's messages: what was accepted stands, and takes effect behind them.");
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
