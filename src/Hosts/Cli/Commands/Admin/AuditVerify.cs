using System.CommandLine;
using System.Runtime.CompilerServices;
using Skytale.Audit;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>Whether an audit log is whole: the server's, or one that was exported.</summary>
internal sealed class AuditVerify : CliCommand
{
    private readonly Argument<string?> _file = new("file") { Description = "An exported log; '-': standard input [default: the server's]", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _head = new("--head")
    {
        Description = "A hash of this log that was noted before: its entry must still be there, or the log was cut or written anew",
        HelpName = "HASH",
    };

    public AuditVerify()
        : base(
            "verify", "Check that no entry of the audit log was altered, removed or moved, and print the newest hash, to be noted for the next time.",
            "skytale admin audit verify",
            "skytale admin audit verify audit.jsonl --head 5f3c…")
    {
        Arguments.Add(_file);
        Options.Add(_head);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var check = new AuditCheck(HeadOf(parsed));
        var fault = parsed.GetValue(_file) is { } file
            ? await FaultAsync(check, LinesAsync(file, cancellationToken))
            : await Administrator.CallAsync(parsed, admin => FaultAsync(check, admin.Api.ExportAuditAsync(admin.Token, cancellationToken)));
        if (fault is not null)
        {
            var what = fault.Line == 0 ? fault.What : $"Line {fault.Line} {fault.What}";
            throw new CliException(ExitCode.Failed, $"The audit log is not whole. {what}", "Compare with an export that was kept elsewhere, and find out who could write the database.");
        }
        Output.Show(new { Whole = true, Entries = check.Count, Head = check.Head?.ToString() }, ("whole", "yes"), ("entries", $"{check.Count}"), ("head", check.Head?.ToString()));
    }

    private AuditHash? HeadOf(ParseResult parsed)
    {
        if (parsed.GetValue(_head) is not { } text)
            return null;
        return AuditHash.TryParse(text, out var head)
            ? head
            : throw new CliException(ExitCode.Usage, $"'{text}' is no hash of an audit log.", "It has 64 lower-case hexadecimal digits, as 'skytale admin audit verify' prints it.");
    }

    private static async Task<AuditFault?> FaultAsync(AuditCheck check, IAsyncEnumerable<string> lines)
    {
        await foreach (var line in lines)
        {
            if (check.Add(line) is { } fault)
                return fault;
        }
        return check.End();
    }

    private static async IAsyncEnumerable<string> LinesAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (file != "-" && !File.Exists(file))
            throw new CliException(ExitCode.Failed, $"There is no file {file}.", "Give one that 'skytale admin audit export' wrote.");
        using var reader = file == "-" ? Console.In : new StreamReader(file);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
    }
}
