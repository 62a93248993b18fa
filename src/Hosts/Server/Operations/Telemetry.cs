using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Skytale.Application;

namespace Skytale.Server.Operations;

/// <summary>Metrics, traces and logs in OpenTelemetry's form, for whom the configuration names. Nothing is collected where it names nobody.</summary>
internal static class Telemetry
{
    /// <summary>Ours, and those of what the server stands on.</summary>
    private static readonly string[] s_meters = ["Skytale.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql"];

    public static void Add(IServiceCollection services, OperationsOptions options)
    {
        if (!options.Exports && !options.Prometheus)
            return;
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("skytale-server", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(s_meters);
                if (options.Prometheus)
                    metrics.AddPrometheusExporter();
            });
        if (!options.Exports)
            return;
        // Use cases alone: what ASP.NET traces has paths in it, and with them the ids of accounts. Their parents are not recorded,
        // which must not decide for them.
        telemetry.WithTracing(tracing => tracing.AddSource(ApplicationRegistration.ActivitySourceName).SetSampler(new AlwaysOnSampler()));
        telemetry.UseOtlpExporter();
    }
}
