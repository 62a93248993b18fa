using Skytale.Application.Nodes;
using Skytale.Server.Operations;

namespace Skytale.Server.Relay;

/// <summary>Tells the other servers of this one as long as it runs, and ends it when an administrator has it drained.</summary>
internal sealed class NodeHost(
    NodeReport report, ThisNode node, NodeDescription description, Draining draining, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<NodeHost> log) : BackgroundService
{
    /// <summary>For the last word: the database may be away.</summary>
    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ending = EndWhenDrainedAsync(stoppingToken);
        await TellAsync(stoppingToken);
        await Repeating.EveryAsync(NodeReport.Interval, time, TellAsync, stoppingToken);
        await ending;
        using var giveUp = new CancellationTokenSource(s_leave);
        await TryAsync(() => report.LeaveAsync(giveUp.Token));
    }

    private async Task EndWhenDrainedAsync(CancellationToken stopping)
    {
        await Task.WhenAny(node.DrainOrdered, Task.Delay(Timeout.Infinite, stopping));
        if (!node.DrainOrdered.IsCompleted)
            return;
        log.DrainOrdered();
        lifetime.StopApplication();
    }

    private Task TellAsync(CancellationToken cancellationToken) => TryAsync(() => report.TellAsync(description, draining.EndsAt, cancellationToken));

    private async Task TryAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception unheard)
        {
            log.NodeUnheard(unheard); // It works on, and tells all that it has when it is heard again.
        }
    }
}
