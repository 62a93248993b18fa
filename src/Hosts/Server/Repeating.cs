namespace Skytale.Server;

/// <summary>What a server does again and again while it runs.</summary>
internal static class Repeating
{
    /// <summary>Waits, acts, and so on until the server stops; the first time after the first wait.</summary>
    public static async Task EveryAsync(TimeSpan interval, TimeProvider time, Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                // Elsewhere than in the clock's own call: a clock that is moved by hours would have to carry out all of it meanwhile.
                await Task.Delay(interval, time, stopping).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                await act(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
