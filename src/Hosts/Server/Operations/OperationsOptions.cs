using System.Net;

namespace Skytale.Server.Operations;

/// <summary>What the configuration says for those who watch over the server.</summary>
public sealed record OperationsOptions
{
    /// <summary><c>Operations:Listen</c>: plain HTTP for probes and Prometheus, of every role; null: nowhere.</summary>
    public required IPEndPoint? Listen { get; init; }

    /// <summary><c>Operations:Prometheus</c>: <c>/metrics</c> is served there.</summary>
    public required bool Prometheus { get; init; }

    /// <summary><c>Operations:DrainSeconds</c>: how long a server that is to stop says that it is not ready before it stops.</summary>
    public required TimeSpan Drain { get; init; }

    /// <summary><c>OTEL_EXPORTER_OTLP_ENDPOINT</c>: metrics, traces and logs go there, as OpenTelemetry's own variables say; false: nowhere.</summary>
    public required bool Exports { get; init; }

    /// <summary><c>Operations:Logs</c>: one JSON object a line in place of text for people.</summary>
    public required bool LogsAsJson { get; init; }

    internal static OperationsOptions Read(Settings settings)
    {
        var listen = settings.Optional("Operations:Listen") is null ? null : settings.EndPoint("Operations:Listen", "");
        var prometheus = settings.Flag("Operations:Prometheus", false);
        if (prometheus && listen is null)
            throw new SettingsException("Operations:Prometheus", "needs Operations:Listen, the address on which /metrics is served.");
        return new OperationsOptions
        {
            Listen = listen,
            Prometheus = prometheus,
            Drain = TimeSpan.FromSeconds(settings.Number("Operations:DrainSeconds", 0, 0, 3600)),
            Exports = settings.Optional("OTEL_EXPORTER_OTLP_ENDPOINT") is not null,
            LogsAsJson = settings.Text("Operations:Logs", "text") switch
            {
                "text" => false,
                "json" => true,
                var other => throw new SettingsException("Operations:Logs", $"must be text or json, not '{other}'."),
            },
        };
    }
}
