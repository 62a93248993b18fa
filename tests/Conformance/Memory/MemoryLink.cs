namespace Skytale.Conformance.Memory;

/// <summary>
/// What the two ends of a connection share: one lock over all of its state, and one signal that something changed. Waiters
/// look, take the signal inside the lock, wait outside, and look again.
/// </summary>
internal sealed class MemoryLink(MemoryNetwork network)
{
    private TaskCompletionSource _changed = NewSignal();

    internal MemoryNetwork Network => network;

    internal Lock Gate { get; } = new();

    /// <summary>The signal to wait for; to be taken inside the lock.</summary>
    internal Task Changed => _changed.Task;

    /// <summary>To be called inside the lock.</summary>
    internal void Pulse()
    {
        var before = _changed;
        _changed = NewSignal();
        before.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
