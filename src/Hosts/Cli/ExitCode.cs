namespace Skytale.Cli;

/// <summary>What the process ends with; <c>skytale --help</c> lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Server = 3;
    public const int Store = 4;

    /// <summary>As shells count a process that ended by SIGINT.</summary>
    public const int Interrupted = 130;
}
