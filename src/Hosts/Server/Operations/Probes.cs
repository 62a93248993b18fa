using Skytale.Application.Ports;
using Skytale.Persistence;
using Skytale.Security.Tokens;
using Skytale.Server.Api;
using Skytale.Server.Certificates;

namespace Skytale.Server.Operations;

/// <param name="Status">ready or not_ready.</param>
/// <param name="Checks">Each part that the server needs: ok or failed.</param>
internal sealed record ReadinessAnswer(string Status, IReadOnlyDictionary<string, string> Checks);

/// <summary>The answers at <c>/livez</c> (the process runs) and <c>/readyz</c> (it should be given work: 200, otherwise 503).</summary>
internal static class Probes
{
    public const string Live = "/livez";

    public const string Ready = "/readyz";

    public static void AddChecks(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => new ReadinessCheck("database", provider.GetRequiredService<DatabaseProbe>().CheckAsync));
        services.AddSingleton(provider => new ReadinessCheck("certificate", _ => CheckCertificate(provider)));
        if (options.ServesApi)
            services.AddSingleton(provider => new ReadinessCheck(
                "token_keys", cancelled => Task.Run(() => provider.GetRequiredService<TokenSigner>().Check(provider.GetRequiredService<KnownKeys>().All), cancelled)));
        if (options.ServesRelay)
            services.AddSingleton(provider => new ReadinessCheck("channel_log", _ => provider.GetRequiredService<IChannelLog>().ProbeAsync()));
    }

    public static IResult AnswerLive() => Results.Text("alive\n");

    public static async Task<IResult> AnswerReadyAsync(Readiness readiness)
    {
        var checks = await readiness.AskAsync();
        var isReady = checks.Values.All(isWell => isWell);
        return Json.Answer(
            isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            new ReadinessAnswer(isReady ? "ready" : "not_ready", checks.ToDictionary(check => check.Key, check => check.Value ? "ok" : "failed")));
    }

    private static Task CheckCertificate(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var shown = services.GetRequiredService<CurrentCertificate>().Value.Certificate;
        return now >= shown.NotBefore.ToUniversalTime() && now < shown.NotAfter.ToUniversalTime()
            ? Task.CompletedTask
            : throw new InvalidOperationException($"The certificate is valid from {shown.NotBefore.ToUniversalTime():u} to {shown.NotAfter.ToUniversalTime():u}.");
    }
}
