using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Skytale.Audit;

/// <summary>The hash of an entry and all before it: SHA-256, written as 64 lower-case hexadecimal digits.</summary>
public readonly record struct AuditHash
{
    private readonly string? _text;

    private AuditHash(string text) => _text = text;

    /// <summary>What stands before the first entry: 32 zero bytes.</summary>
    public static AuditHash BeforeAll { get; } = Of(new byte[SHA256.HashSizeInBytes]);

    public override string ToString() => _text ?? "";

    /// <param name="hash">32 bytes.</param>
    public static AuditHash Of(ReadOnlySpan<byte> hash) => hash.Length == SHA256.HashSizeInBytes
        ? new AuditHash(Convert.ToHexStringLower(hash))
        : throw new ArgumentException($"A hash has {SHA256.HashSizeInBytes} bytes.", nameof(hash));

    /// <summary>Reads the one spelling of a hash; refuses every other string.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AuditHash hash)
    {
        var valid = text is { Length: 2 * SHA256.HashSizeInBytes } && text.All(char.IsAsciiHexDigitLower);
        hash = valid ? new AuditHash(text!) : default;
        return valid;
    }

    /// <summary>Reads what a store of ours has written.</summary>
    /// <exception cref="FormatException">It is no hash.</exception>
    public static AuditHash Parse(string text) => TryParse(text, out var hash) ? hash : throw new FormatException("Not a hash.");

    /// <summary>The 32 bytes.</summary>
    internal byte[] ToBytes() => Convert.FromHexString(ToString());
}
