namespace Skytale.Application.Delivery;

/// <summary>Wakes all who wait. To miss nothing: take <see cref="Next"/>, look, then await it.</summary>
public sealed class Signal
{
    private TaskCompletionSource? _waiting;

    /// <summary>Completes with the next <see cref="Pulse"/>.</summary>
    public Task Next
    {
        get
        {
            if (Volatile.Read(ref _waiting) is { } there)
                return there.Task;
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _waiting, made, null) ?? made).Task;
        }
    }

    /// <summary>To be called after the change that the others are to see.</summary>
    public void Pulse() => Interlocked.Exchange(ref _waiting, null)?.SetResult();
}
