using Microsoft.Extensions.Time.Testing;

namespace Skytale.Relay.Tests.Kit;

/// <summary>A clock that the test moves, and that says when somebody begins to wait for a certain while.</summary>
/// <param name="wait">The while; other timers are not reported.</param>
internal sealed class WaitedTime(TimeSpan wait) : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private readonly SemaphoreSlim _waiting = new(0);
    private long _lastBegun;

    /// <summary>Whether somebody has begun to wait since the clock was moved last.</summary>
    public bool IsWaitedAnew => Interlocked.Read(ref _lastBegun) == GetTimestamp();

    /// <summary>Completes once for each wait that has begun.</summary>
    public Task WaitingAsync(CancellationToken cancellationToken) => _waiting.WaitAsync(cancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Taken first: the clock may be moved while the timer is made, and who began before that has not begun anew.
        var begun = GetTimestamp();
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == wait)
        {
            Interlocked.Exchange(ref _lastBegun, begun);
            _waiting.Release();
        }
        return timer;
    }
}
