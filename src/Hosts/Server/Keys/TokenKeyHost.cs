using Skytale.Security.Tokens;

namespace Skytale.Server.Keys;

/// <summary>Follows the published keys as long as the server runs; where tokens are issued, keeps the key that signs them.</summary>
internal sealed partial class TokenKeyHost(KnownKeys known, IServiceProvider services, ServerOptions options, TimeProvider time, ILogger<TokenKeyHost> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await KeepAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What was known is known on meanwhile.
        var keeping = new Attempts("read the keys of tokens", log);
        return Repeating.EveryAsync(KnownKeys.Interval, time, stopping => keeping.TryAsync(KeepAsync, stopping), stoppingToken);
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await known.FollowAsync(cancellationToken);
        if (!options.ServesApi)
            return;
        var signer = services.GetRequiredService<TokenSigner>();
        if (!await signer.KeepAsync(known.All, cancellationToken))
            return;
        KeyTaken(signer.Public.Kid);
        await known.FollowAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Tokens are signed with the key {KeyId} now")]
    private partial void KeyTaken(string keyId);
}
