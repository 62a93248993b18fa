namespace Skytale.Cli;

/// <summary>What the process ends with; <c>skytale --help</c> and docs/cli.md list them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Server = 3;
    public const int Store = 4;

    /// <summary>As shells count a process that ended by SIGINT.</summary>
    public const int Interrupted = 130;

    public static IReadOnlyList<(int Code, string Name, string Meaning)> All { get; } =
    [
        (Done, "done", "done"),
        (Failed, "failed", "refused or failed"),
        (Usage, "usage", "wrong usage"),
        (Server, "server", "the server is not there, or shows another certificate"),
        (Store, "store", "the agent's store is in use, missing, or has another key"),
        (Interrupted, "interrupted", "interrupted by Ctrl+C"),
    ];

    /// <summary>The code of a failure that has no better one.</summary>
    public static string NameOf(int exitCode) => All.Single(each => each.Code == exitCode).Name;
}
