using System.Security.Cryptography;

namespace Skytale.Architecture.Fixtures;

/// <summary>A domain type that waits, looks at the clock, draws random bytes, reads files and writes to the console.</summary>
public sealed class ImpureDomain
{
    public async Task<string> WaitsAsync(string path)
    {
        await Task.Yield();
        return await File.ReadAllTextAsync(path);
    }

    public DateTimeOffset LooksAtTheClock() => DateTimeOffset.UtcNow;

    public byte[] DrawsBytes() => RandomNumberGenerator.GetBytes(16);

    public Guid DrawsAGuid() => Guid.NewGuid();

    public void Prints() => Console.WriteLine(nameof(ImpureDomain));
}
