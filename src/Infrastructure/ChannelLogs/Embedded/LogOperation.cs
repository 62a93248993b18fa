using Skytale.Application.Ports;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>Something to be written. Several go into one batch, which is on the disk before any of them is done.</summary>
internal abstract class LogOperation
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Done => _done.Task;

    /// <summary>True for what reads before it writes, and so must see everything before it: it gets a batch of its own.</summary>
    internal virtual bool IsAlone => false;

    /// <summary>True when a crash may take it back.</summary>
    internal virtual bool MayBeLost => false;

    /// <summary>About how many bytes it adds to a batch.</summary>
    internal virtual int Size => 256;

    /// <summary>Adds to the batch, or throws and has added nothing. The writer's thread only.</summary>
    /// <exception cref="ChannelLogException">The operation is refused; the others of the batch are not concerned.</exception>
    internal abstract void AddTo(LogBatch batch);

    internal void Complete() => _done.TrySetResult();

    internal void Fail(Exception exception) => _done.TrySetException(exception);
}
