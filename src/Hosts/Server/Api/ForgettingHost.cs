using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Server.Api;

/// <summary>Forgets the names of requests (<c>Idempotency-Key</c>) that are a day old.</summary>
internal sealed partial class ForgettingHost(IAccountStore store, TimeProvider time, ILogger<ForgettingHost> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeating.EveryAsync(s_interval, time, ForgetAsync, stoppingToken);

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.ForgetMadeAsync(time.GetUtcNow() - Once.Kept, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotForgotten(failure); // It is tried again in a while.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database keeps the names of old requests until the next try")]
    private partial void NotForgotten(Exception failure);
}
