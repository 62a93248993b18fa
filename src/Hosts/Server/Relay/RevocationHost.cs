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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeating.EveryAsync(RevokedCallers.Interval, time, FollowAsync, stoppingToken);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await revoked.FollowAsync(cancellationToken);
        }
        catch (Exception unread) when (unread is not OperationCanceledException)
        {
            log.RevocationsUnread(unread); // Who is in stays in meanwhile; what is missed here is read when the database is back.
        }
    }
}
