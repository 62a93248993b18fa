namespace Skytale.Server.Operations;

/// <summary>Something that the server needs to do its work.</summary>
/// <param name="Name">For people and alerts.</param>
/// <param name="RunAsync">Throws where it is not as it must be.</param>
internal sealed record ReadinessCheck(string Name, Func<CancellationToken, Task> RunAsync);

/// <summary>Whether work should be sent to this process. Each check runs at most once a second, however many ask.</summary>
internal sealed partial class Readiness(IEnumerable<ReadinessCheck> checks, Draining draining, TimeProvider time, ILogger<Readiness> log)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    /// <summary>A part that does not answer is as good as one that fails.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _failing = [];
    private Task<IReadOnlyDictionary<string, bool>>? _latest;
    private long _askedAt;

    /// <summary>Each check by its name: true where all is well.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> AskAsync()
    {
        Task<IReadOnlyDictionary<string, bool>> latest;
        lock (_gate)
        {
            if (_latest is null || (_latest.IsCompleted && time.GetElapsedTime(_askedAt) >= s_fresh))
                (_latest, _askedAt) = (RunAsync(), time.GetTimestamp());
            latest = _latest;
        }
        return new Dictionary<string, bool>(await latest) { ["accepts_work"] = !draining.HasBegun };
    }

    private async Task<IReadOnlyDictionary<string, bool>> RunAsync()
    {
        var outcomes = await Task.WhenAll(checks.Select(async check => (check.Name, IsWell: await IsWellAsync(check))));
        return outcomes.ToDictionary(outcome => outcome.Name, outcome => outcome.IsWell);
    }

    private async Task<bool> IsWellAsync(ReadinessCheck check)
    {
        try
        {
            using var giveUp = new CancellationTokenSource(s_patience);
            await check.RunAsync(giveUp.Token).WaitAsync(s_patience);
            if (Changed(check.Name, isWell: true))
                WellAgain(check.Name);
            return true;
        }
        catch (Exception failure)
        {
            // Whatever it is: who asks is told, and the log says it once.
            if (Changed(check.Name, isWell: false))
                NotWell(check.Name, failure);
            return false;
        }
    }

    private bool Changed(string name, bool isWell)
    {
        lock (_gate)
            return isWell ? _failing.Remove(name) : _failing.Add(name);
    }

    [LoggerMessage(LogLevel.Error, "The server is not ready: {Check} fails")]
    private partial void NotWell(string check, Exception failure);

    [LoggerMessage(LogLevel.Information, "The server's {Check} works again")]
    private partial void WellAgain(string check);
}
