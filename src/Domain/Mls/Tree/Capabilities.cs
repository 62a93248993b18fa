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
    public bool Supports(ExtensionType type) => IsDefault(type) || Extensions.Contains(type);

    /// <summary>§7.2: the types of RFC 9420 itself are supported by all and not listed.</summary>
    public bool Supports(ProposalType type) => IsDefault(type) || Proposals.Contains(type);

    /// <summary>§7.2: the default types MUST NOT be listed. A client does not; of others it is taken, and says nothing.</summary>
    internal bool ListsDefaults => Extensions.Any(IsDefault) || Proposals.Any(IsDefault);

    /// <summary>§7.2: a proposal type of RFC 9420 itself.</summary>
    internal static bool IsDefault(ProposalType type) => (ushort)type is >= 1 and <= 7;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16Vector(Versions.AsSpan());
        writer.WriteUInt16Vector(CipherSuites.AsSpan());
        writer.WriteUInt16Vector(Extensions.AsSpan());
        writer.WriteUInt16Vector(Proposals.AsSpan());
        writer.WriteUInt16Vector(Credentials.AsSpan());
    }

    public static Capabilities ReadFrom(ref TlsReader reader) => new(
        Listed(reader.ReadUInt16Vector<ProtocolVersion>()),
        Listed(reader.ReadUInt16Vector<CipherSuiteId>()),
        Listed(reader.ReadUInt16Vector<ExtensionType>()),
        Listed(reader.ReadUInt16Vector<ProposalType>()),
        Listed(reader.ReadUInt16Vector<CredentialType>()));

    public bool Equals(Capabilities? other) =>
        other is not null
        && Versions.AsSpan().SequenceEqual(other.Versions.AsSpan())
        && CipherSuites.AsSpan().SequenceEqual(other.CipherSuites.AsSpan())
        && Extensions.AsSpan().SequenceEqual(other.Extensions.AsSpan())
        && Proposals.AsSpan().SequenceEqual(other.Proposals.AsSpan())
        && Credentials.AsSpan().SequenceEqual(other.Credentials.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Versions.Length, CipherSuites.Length, Extensions.Length, Proposals.Length, Credentials.Length);

    private static bool IsDefault(ExtensionType type) => (ushort)type is >= 1 and <= 5;

    // Every member's lists are looked through at every commit: a bound keeps what a hostile member can cost in proportion.
    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> values) =>
        values.Length <= MaxListed ? values : throw new MlsException(MlsError.TooLarge, $"{values.Length} capabilities in one list");
}
