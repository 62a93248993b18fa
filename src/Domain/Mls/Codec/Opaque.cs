using System.Diagnostics;

namespace Skytale.Mls.Codec;

/// <summary>
/// The presentation language's <c>opaque value&lt;V&gt;</c> (RFC 9420 §2.1): immutable public bytes, equal by content.
/// Secrets are <see cref="Crypto.Secret"/>, never this.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public readonly struct Opaque(ReadOnlyMemory<byte> bytes) : IEquatable<Opaque>
{
    /// <summary>No bytes.</summary>
    public static Opaque Empty => default;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory { get; } = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>How many bytes.</summary>
    public int Length => Memory.Length;

    /// <summary>True when there are none.</summary>
    public bool IsEmpty => Memory.IsEmpty;

    /// <summary>A copy of the span.</summary>
    public static Opaque Copy(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public bool Equals(Opaque other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Opaque other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public static bool operator ==(Opaque left, Opaque right) => left.Equals(right);

    public static bool operator !=(Opaque left, Opaque right) => !left.Equals(right);

    /// <summary>Lowercase hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);
}
