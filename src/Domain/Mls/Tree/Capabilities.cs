using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Tree;

// struct {
//     ProtocolVersion versions<V>;
//     CipherSuite cipher_suites<V>;
//     ExtensionType extensions<V>;
//     ProposalType proposals<V>;
//     CredentialType credentials<V>;
// } Capabilities;

/// <summary>§7.2: what a client supports. Unknown values are kept and match nothing (GREASE, §13.5).</summary>
public sealed record Capabilities(
    ImmutableArray<ProtocolVersion> Versions,
    ImmutableArray<CipherSuiteId> CipherSuites,
    ImmutableArray<ExtensionType> Extensions,
    ImmutableArray<ProposalType> Proposals,
    ImmutableArray<CredentialType> Credentials) : IWireStruct<Capabilities>
{
    /// <summary>The longest list that this implementation takes; the registries have some twenty values each.</summary>
    public const int MaxListed = 256;

    /// <summary>MLS 1.0 with one cipher suite and basic credentials, and no extension or proposal beyond the defaults.</summary>
    public static Capabilities Basic(CipherSuiteId suite) => new([ProtocolVersion.Mls10], [suite], [], [], [CredentialType.Basic]);

    public bool Supports(ProtocolVersion version) => Versions.Contains(version);

    public bool Supports(CipherSuiteId suite) => CipherSuites.Contains(suite);

    public bool Supports(CredentialType type) => Credentials.Contains(type);

    /// <summary>§7.2: the types of RFC 9420 itself are supported by all and not listed.</summary>
    public bool Supports(ExtensionType type) => (ushort)type is >= 1 and <= 5 || Extensions.Contains(type);

    /// <summary>§7.2: the types of RFC 9420 itself are supported by all and not listed.</summary>
    public bool Supports(ProposalType type) => IsDefault(type) || Proposals.Contains(type);

    /// <summary>§7.2: a proposal type of RFC 9420 itself.</summary>
    internal static bool IsDefault(ProposalType type) => (ushort)type is >= 1 and <= 7;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16Vector(Raw(Versions, version => (ushort)version));
        writer.WriteUInt16Vector(Raw(CipherSuites, suite => (ushort)suite));
        writer.WriteUInt16Vector(Raw(Extensions, type => (ushort)type));
        writer.WriteUInt16Vector(Raw(Proposals, type => (ushort)type));
        writer.WriteUInt16Vector(Raw(Credentials, type => (ushort)type));
    }

    public static Capabilities ReadFrom(ref TlsReader reader) => new(
        Typed(reader.ReadUInt16Vector(), value => (ProtocolVersion)value),
        Typed(reader.ReadUInt16Vector(), value => (CipherSuiteId)value),
        Typed(reader.ReadUInt16Vector(), value => (ExtensionType)value),
        Typed(reader.ReadUInt16Vector(), value => (ProposalType)value),
        Typed(reader.ReadUInt16Vector(), value => (CredentialType)value));

    public bool Equals(Capabilities? other) =>
        other is not null
        && Versions.AsSpan().SequenceEqual(other.Versions.AsSpan())
        && CipherSuites.AsSpan().SequenceEqual(other.CipherSuites.AsSpan())
        && Extensions.AsSpan().SequenceEqual(other.Extensions.AsSpan())
        && Proposals.AsSpan().SequenceEqual(other.Proposals.AsSpan())
        && Credentials.AsSpan().SequenceEqual(other.Credentials.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Versions.Length, CipherSuites.Length, Extensions.Length, Proposals.Length, Credentials.Length);

    private static ImmutableArray<ushort> Raw<T>(ImmutableArray<T> values, Func<T, ushort> raw) => ImmutableArray.CreateRange(values, raw);

    // Every member's lists are looked through at every commit: a bound keeps what a hostile member can cost in proportion.
    private static ImmutableArray<T> Typed<T>(ImmutableArray<ushort> values, Func<ushort, T> typed) =>
        values.Length <= MaxListed ? ImmutableArray.CreateRange(values, typed) : throw new MlsException(MlsError.TooLarge, $"{values.Length} capabilities in one list");
}
