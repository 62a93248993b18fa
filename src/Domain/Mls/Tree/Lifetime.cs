using Skytale.Mls.Codec;

namespace Skytale.Mls.Tree;

// struct {
//     uint64 not_before;
//     uint64 not_after;
// } Lifetime;

/// <summary>§7.2: when a key package may be used. Both in seconds since 1970-01-01T00:00:00Z, both included.</summary>
public readonly record struct Lifetime(ulong NotBefore, ulong NotAfter) : IWireStruct<Lifetime>
{
    /// <summary>The lifetime from one instant to another.</summary>
    public static Lifetime Between(DateTimeOffset notBefore, DateTimeOffset notAfter) =>
        new((ulong)notBefore.ToUnixTimeSeconds(), (ulong)notAfter.ToUnixTimeSeconds());

    /// <summary>True when the instant is within.</summary>
    public bool Contains(DateTimeOffset instant) =>
        instant.ToUnixTimeSeconds() is >= 0 and var seconds && (ulong)seconds >= NotBefore && (ulong)seconds <= NotAfter;

    /// <summary>True when the lifetime ends no earlier than it starts and takes no longer than the maximum.</summary>
    public bool IsNoLongerThan(TimeSpan maximum) => NotAfter >= NotBefore && NotAfter - NotBefore <= (ulong)maximum.TotalSeconds;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt64(NotBefore);
        writer.WriteUInt64(NotAfter);
    }

    public static Lifetime ReadFrom(ref TlsReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());
}
