using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Skytale.Mls;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What a session does beside its messages and the application's calls. Failures are logged: nobody waits for them.</summary>
internal sealed class Background(ILogger logger, uint session, CancellationToken ended)
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    public void Run(string what, Func<CancellationToken, Task> work)
    {
        var task = GuardAsync(what, work);
        _running.TryAdd(task, 0);
        _ = task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Done when everything that runs has ended.</summary>
    public Task WhenDoneAsync() => Task.WhenAll(_running.Keys);

    private async Task GuardAsync(string what, Func<CancellationToken, Task> work)
    {
        await Task.Yield();
        try
        {
            await work(ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The session is over, and with it what was done for it.
        }
        catch (Exception e) when (e is SlimException or MlsException)
        {
            SlimLog.Failed(logger, session, what, e.Message);
        }
    }
}
