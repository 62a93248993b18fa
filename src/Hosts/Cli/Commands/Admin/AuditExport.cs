using System.CommandLine;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>The whole audit log, as it comes.</summary>
internal sealed class AuditExport : CliCommand
{
    public AuditExport()
        : base("export", "Print the whole audit log, oldest first, a JSON object a line: to keep it, and to verify it later.", "skytale admin audit export > audit.jsonl")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Administrator.CallAsync(parsed, async admin =>
    {
        await foreach (var line in admin.Api.ExportAuditAsync(admin.Token, cancellationToken))
            Output.Line(line);
    });
}
