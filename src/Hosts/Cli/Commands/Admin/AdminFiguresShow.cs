using System.CommandLine;
using System.Globalization;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>What the service has to do now, and how it is.</summary>
internal sealed class AdminFiguresShow : CliCommand
{
    public AdminFiguresShow()
        : base("figures", "Show what the service has to do now, and how it is.", "skytale admin figures", "skytale admin figures --json | jq .queue_depth")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Administrator.CallAsync(parsed, async admin =>
    {
        var figures = await admin.Api.ShowFiguresAsync(admin.Token, cancellationToken);
        Output.Show(
            figures,
            ("server", $"{figures.Version}, {(figures.Ready ? "ready" : "not ready")}, since {Output.At(figures.StartedAt)}"),
            ("checks", string.Join(", ", figures.Checks.Select(check => $"{check.Key} {check.Value}"))),
            ("nodes", $"{figures.Nodes.Count}"),
            ("connections", $"{figures.Connections}, links {figures.Links}"),
            ("channels", $"{figures.Channels}"),
            ("messages", $"{figures.Messages}, {Rate(figures.MessagesPerSecond)} a second"),
            ("bytes", $"{figures.Bytes}, {Rate(figures.BytesPerSecond)} a second"),
            ("waiting", $"{figures.QueueDepth} entries, {figures.LargestLag} at most in one channel"));
    });

    private static string Rate(double rate) => rate.ToString("0.#", CultureInfo.InvariantCulture);
}
