using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Server.Api;

/// <summary>Forgets the names of requests (<c>Idempotency-Key</c>) that are a day old.</summary>
internal sealed class ForgettingHost(IAccountStore store, TimeProvider time, ILogger<ForgettingHost> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forgetting = new Attempts("forget the names of old requests", log);
        return Repeating.EveryAsync(s_interval, time, stopping => forgetting.TryAsync(ForgetAsync, stopping), stoppingToken);
    }

    private Task ForgetAsync(CancellationToken cancellationToken) => store.ForgetMadeAsync(time.GetUtcNow() - Once.Kept, cancellationToken);
}
