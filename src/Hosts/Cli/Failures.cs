using System.Text.Json;
using Skytale.Cli.Terminal;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>A failure that a person can do something about.</summary>
/// <param name="Code">Stable: the service's code, the SDK's kind, or the name of the exit code.</param>
internal sealed record Failure(string Code, string Message, string Hint, int ExitCode);

/// <summary>Every failure that is no bug of ours, as one line for stderr and an exit code.</summary>
internal static class Failures
{
    /// <summary>Null when the exception is a bug of ours, which keeps its stack trace.</summary>
    public static Failure? Describe(Exception exception) => exception switch
    {
        CliException own => new Failure(ExitCode.NameOf(own.ExitCode), own.Message, own.Hint, own.ExitCode),
        SkytaleException failure => new Failure(CodeOf(failure), WithoutHint(failure), failure.Hint, ExitCodeOf(failure.Error)),
        UnauthorizedAccessException or IOException => new Failure("file", exception.Message, "Check the folder that --home names and what may be written there.", ExitCode.Failed),
        OperationCanceledException => new Failure(ExitCode.NameOf(ExitCode.Interrupted), "interrupted", "", ExitCode.Interrupted),
        _ => null,
    };

    // One line whatever a server's text holds: scripts read it, and it must not move a terminal's cursor.
    public static string Line(Failure failure) => $"skytale: {Sentence(failure.Message)} {Sentence(failure.Hint)}".TrimEnd();

    private static string CodeOf(SkytaleException failure) => failure.Refusal?.Name() ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.Error.ToString());

    private static int ExitCodeOf(SkytaleError error) => error switch
    {
        SkytaleError.InvalidArgument => ExitCode.Usage,
        SkytaleError.ServerUnreachable or SkytaleError.CertificateMismatch or SkytaleError.ConnectionLost => ExitCode.Server,
        SkytaleError.StoreMissing or SkytaleError.StoreInUse or SkytaleError.StoreKeyWrong or SkytaleError.StoreCorrupt => ExitCode.Store,
        _ => ExitCode.Failed,
    };

    private static string WithoutHint(SkytaleException failure) =>
        failure.Hint.Length > 0 && failure.Message.EndsWith($" {failure.Hint}", StringComparison.Ordinal) ? failure.Message[..^(failure.Hint.Length + 1)] : failure.Message;

    private static string Sentence(string text)
    {
        text = Plain.OneLine(text.Trim());
        return text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : text + ".";
    }
}
