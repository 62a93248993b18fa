namespace Skytale.Cli;

/// <summary>What the command line itself found wrong: <c>skytale: message hint</c>, and the exit code.</summary>
internal sealed class CliException(int exitCode, string message, string hint, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    public string Hint { get; } = hint;
}
