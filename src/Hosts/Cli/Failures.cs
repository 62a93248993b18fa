using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>Every failure that a person can do something about: one line for stderr, and the exit code.</summary>
internal static class Failures
{
    /// <summary>Null when the exception is a bug of ours, which keeps its stack trace.</summary>
    public static (string Line, int ExitCode)? Describe(Exception exception) => exception switch
    {
        CliException own => (Line(own.Message, own.Hint), own.ExitCode),
        SkytaleException failure => (Line(failure.Message, ""), CodeOf(failure.Error)),
        UnauthorizedAccessException or IOException => (Line(exception.Message, "Check the folder that --home names and what may be written there."), ExitCode.Failed),
        OperationCanceledException => ("skytale: interrupted.", ExitCode.Interrupted),
        _ => null,
    };

    private static int CodeOf(SkytaleError error) => error switch
    {
        SkytaleError.InvalidArgument => ExitCode.Usage,
        SkytaleError.ServerUnreachable or SkytaleError.CertificateMismatch or SkytaleError.ConnectionLost => ExitCode.Server,
        SkytaleError.StoreMissing or SkytaleError.StoreInUse or SkytaleError.StoreKeyWrong or SkytaleError.StoreCorrupt => ExitCode.Store,
        _ => ExitCode.Failed,
    };

    // One line whatever a server's text holds: scripts read it, and it must not move a terminal's cursor.
    private static string Line(string what, string hint) => $"skytale: {Sentence(what)} {Sentence(hint)}".TrimEnd();

    private static string Sentence(string text)
    {
        text = Terminal.Plain.OneLine(text.Trim());
        return text.Length == 0 || text[^1] is '.' or '?' or '!' ? text : text + ".";
    }
}
