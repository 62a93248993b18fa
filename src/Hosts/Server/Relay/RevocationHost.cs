using Skytale.Application.Delivery;

namespace Skytale.Server.Relay;

/// <summary>Has the relay know what was revoked before it lets anybody in, and follow it as long as the server runs.</summary>
internal sealed class RevocationHost(RevokedCallers revoked, TimeProvider time, ILogger<RevocationHost> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await revoked.FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Who is in stays in while the list cannot be read; what is missed is read when it can.
        var reading = new Attempts("read what was revoked", log);
        return Repeating.EveryAsync(RevokedCallers.Interval, time, stopping => reading.TryAsync(FollowAsync, stopping), stoppingToken);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        if (!await revoked.FollowAsync(cancellationToken))
            log.RevocationsAreOthers();
    }
}
