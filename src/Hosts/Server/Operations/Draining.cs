namespace Skytale.Server.Operations;

/// <summary>
/// Between the order to stop and the stop: the server works as before and says at <c>/readyz</c> that no new work should be sent
/// to it, for as long as the configuration says.
/// </summary>
internal sealed partial class Draining(ServerOptions options, TimeProvider time, ILogger<Draining> log) : IHostedLifecycleService
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    /// <summary>Before anything is stopped.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        if (options.Operations.Drain == TimeSpan.Zero)
            return Task.CompletedTask;
        Begun(options.Operations.Drain.TotalSeconds);
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
