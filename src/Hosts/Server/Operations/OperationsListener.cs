using OpenTelemetry.Metrics;

namespace Skytale.Server.Operations;

/// <summary>
/// Plain HTTP for probes and Prometheus on an address of its own, whatever the roles are: nothing else is served there, and
/// <c>/metrics</c> nowhere else.
/// </summary>
internal static class OperationsListener
{
    private sealed class Mark;

    public static void Add(WebApplicationBuilder builder, OperationsOptions options)
    {
        if (options.Listen is not { } address)
            return;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, listen => listen.Use(next => connection =>
        {
            connection.Features.Set(new Mark());
            return next(connection);
        })));
    }

    /// <summary>Before what the roles map: their addresses are not served here.</summary>
    public static void Map(WebApplication app, OperationsOptions options)
    {
        if (options.Listen is null)
            return;
        app.MapWhen(http => http.Features.Get<Mark>() is not null, branch =>
        {
            if (options.Prometheus)
                branch.UseOpenTelemetryPrometheusScrapingEndpoint("/metrics");
            branch.Run(AnswerAsync);
        });
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var answer = http.Request.Path.Value switch
        {
            Probes.Live => Probes.AnswerLive(),
            Probes.Ready => await Probes.AnswerReadyAsync(http.RequestServices.GetRequiredService<Readiness>()),
            _ => Results.NotFound(),
        };
        await answer.ExecuteAsync(http);
    }
}
