namespace Skytale.Security.Argon2;

/// <summary>The cost of a new hash, and how many are computed at once. The defaults are OWASP's first choice for Argon2id.</summary>
public sealed record Argon2Options
{
    public const int MinMemoryKiB = 19 * 1024;
    public const int MinPasses = 2;

    /// <summary>Memory of one hash, in KiB; configuration may raise it.</summary>
    public int MemoryKiB { get; init; } = MinMemoryKiB;

    /// <summary>Passes over the memory; configuration may raise it.</summary>
    public int Passes { get; init; } = MinPasses;

    /// <summary>Hashes computed at the same time.</summary>
    public int Concurrency { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Requests that may wait for their turn; the next is refused.</summary>
    public int Queue { get; init; } = 64;
}
