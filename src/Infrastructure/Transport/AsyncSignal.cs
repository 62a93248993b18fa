using System.Threading.Tasks.Sources;

namespace Skytale.Transport;

/// <summary>
/// Wakes one waiter, without an allocation a wait. The waiter arms it under its lock, together with the look that found
/// nothing, and then waits outside; a signal that nobody armed is nothing. Waiters continue on the thread pool.
/// </summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Armed = 1;
    private const int Fired = 2;

    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private int _state;

    internal void Arm()
    {
        _source.Reset();
        Volatile.Write(ref _state, Armed);
    }

    /// <exception cref="OperationCanceledException">From the task: the token was cancelled before the signal.</exception>
    internal ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var version = _source.Version;
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static signal => ((AsyncSignal)signal!).Cancel(), this);
        return new ValueTask(this, version);
    }

    internal void Set()
    {
        if (Interlocked.CompareExchange(ref _state, Fired, Armed) == Armed)
            _source.SetResult(true);
    }

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Fired, Armed) == Armed)
            _source.SetException(new OperationCanceledException(_cancellationToken));
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a Cancel that is running: it must not meet the next wait.
        _registration.Dispose();
        _registration = default;
        Volatile.Write(ref _state, Idle);
        _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
