using Skytale.Application.Delivery;

namespace Skytale.Server.Relay;

/// <summary>Calls the channels' upkeep as long as the server runs, and once more at its end.</summary>
internal sealed class UpkeepHost(ChannelUpkeep upkeep, TimeProvider time, ILogger<UpkeepHost> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ChannelUpkeep.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RunOnceAsync();
        }
        catch (OperationCanceledException)
        {
            await RunOnceAsync();
        }
    }

    private async Task RunOnceAsync()
    {
        if (await upkeep.RunOnceAsync() is { } failure)
            log.UpkeepFailed(failure);
    }
}
