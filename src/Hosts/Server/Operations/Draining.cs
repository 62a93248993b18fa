namespace Skytale.Server.Operations;

/// <summary>
/// Between the order to stop and the stop: the server works as before and says at <c>/readyz</c> that no new work should be sent
/// to it, for as long as the configuration says; whoever is connected is told to go elsewhere.
/// </summary>
internal sealed partial class Draining(ServerOptions options, TimeProvider time, ILogger<Draining> log) : IHostedLifecycleService
{
    private readonly TaskCompletionSource<DateTimeOffset> _ends = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Action<TimeSpan>? _tell;

    public bool HasBegun => _ends.Task.IsCompleted;

    /// <summary>When it stops; null: nobody has ordered that.</summary>
    public DateTimeOffset? EndsAt => HasBegun ? _ends.Task.Result : null;

    /// <param name="tell">Is called when it begins, with how long it takes.</param>
    public void WhenItBegins(Action<TimeSpan> tell) => _tell += tell;

    /// <summary>Before anything is stopped.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _ends.TrySetResult(time.GetUtcNow() + options.Operations.Drain);
        if (options.Operations.Drain == TimeSpan.Zero)
            return Task.CompletedTask;
        Begun(options.Operations.Drain.TotalSeconds);
        _tell?.Invoke(options.Operations.Drain);
        return Task.Delay(options.Operations.Drain, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The server drains and stops in {Seconds} s")]
    private partial void Begun(double seconds);
}
