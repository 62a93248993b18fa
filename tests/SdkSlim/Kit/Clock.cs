using Microsoft.Extensions.Time.Testing;

namespace Skytale.Tests.Kit;

/// <summary>A clock that goes as fast as it is asked to.</summary>
internal static class Clock
{
    /// <summary>Lets time pass, much faster than it does, until something is so.</summary>
    /// <param name="step">How much at a time; null: a tenth of a second.</param>
    public static async Task PassUntilAsync(this FakeTimeProvider time, Func<bool> isSo, TimeSpan? step = null)
    {
        while (!isSo())
        {
            time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets time pass until something is done.</summary>
    public static async Task<T> PassUntilAsync<T>(this FakeTimeProvider time, Task<T> done)
    {
        await time.PassUntilAsync(() => done.IsCompleted);
        return await done;
    }

    public static async Task PassUntilAsync(this FakeTimeProvider time, Task done)
    {
        await time.PassUntilAsync(() => done.IsCompleted);
        await done;
    }
}
