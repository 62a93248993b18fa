using Microsoft.Extensions.Hosting.Systemd;
using Skytale.Application.Nodes;

namespace Skytale.Server.Operations;

/// <summary>What every server has, whatever its roles: probes, metrics, traces, logs, draining, and a word to systemd.</summary>
internal static class Operating
{
    /// <summary>How long what runs has to end, once nothing new comes.</summary>
    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(30);

    public static void Add(WebApplicationBuilder builder, ServerOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new NodeDescription(
            Environment.MachineName, typeof(Operating).Assembly.GetName().Version?.ToString(3) ?? "", string.Join(',', options.Roles), provider.GetRequiredService<TimeProvider>().GetUtcNow()));
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Operations.Drain + s_stop);
        services.AddSystemd();
        Probes.AddChecks(services, options);
        Telemetry.Add(services, options.Operations);
        OperationsListener.Add(builder, options.Operations);
        if (options.Operations.LogsAsJson)
            builder.Logging.ClearProviders().AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"));
    }
}
