using Microsoft.Extensions.Hosting;

namespace Skytale.Sdk.DependencyInjection;

/// <summary>Connects an agent before the services start that use it, and disposes it behind them.</summary>
internal sealed class AgentHost(SkytaleAgentSource source) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => source.ConnectAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => source.DisposeAsync().AsTask();
}
