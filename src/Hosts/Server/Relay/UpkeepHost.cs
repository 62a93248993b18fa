using Skytale.Application.Delivery;
using Skytale.Application.Names;

namespace Skytale.Server.Relay;

/// <summary>Calls the upkeep of channels and names as long as the server runs, and once more at its end.</summary>
internal sealed class UpkeepHost(ChannelUpkeep upkeep, ActiveNames names, TimeProvider time, ILogger<UpkeepHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Repeating.EveryAsync(ChannelUpkeep.Interval, time, _ => RunOnceAsync(), stoppingToken);
        await RunOnceAsync();
    }

    private async Task RunOnceAsync()
    {
        names.RemoveOld();
        if (await upkeep.RunOnceAsync() is { } failure)
            log.UpkeepFailed(failure);
    }
}
