using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Extensions;

// struct {
//     ExtensionType extension_types<V>;
//     ProposalType proposal_types<V>;
//     CredentialType credential_types<V>;
// } RequiredCapabilities;

/// <summary>§11.1: what every member must support, as a GroupContext extension.</summary>
public sealed record RequiredCapabilities(
    ImmutableArray<ExtensionType> ExtensionTypes,
    ImmutableArray<ProposalType> ProposalTypes,
    ImmutableArray<CredentialType> CredentialTypes) : IWireStruct<RequiredCapabilities>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16Vector(ExtensionTypes.AsSpan());
        writer.WriteUInt16Vector(ProposalTypes.AsSpan());
        writer.WriteUInt16Vector(CredentialTypes.AsSpan());
    }

    public static RequiredCapabilities ReadFrom(ref TlsReader reader) => new(
        Listed(reader.ReadUInt16Vector<ExtensionType>()),
        Listed(reader.ReadUInt16Vector<ProposalType>()),
        Listed(reader.ReadUInt16Vector<CredentialType>()));

    public bool Equals(RequiredCapabilities? other) =>
        other is not null
        && ExtensionTypes.AsSpan().SequenceEqual(other.ExtensionTypes.AsSpan())
        && ProposalTypes.AsSpan().SequenceEqual(other.ProposalTypes.AsSpan())
        && CredentialTypes.AsSpan().SequenceEqual(other.CredentialTypes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(ExtensionTypes.Length, ProposalTypes.Length, CredentialTypes.Length);

    // No leaf lists more than this, so nobody could meet a longer requirement.
    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> values) =>
        values.Length <= Capabilities.MaxListed ? values : throw new MlsException(MlsError.TooLarge, $"{values.Length} required capabilities in one list");
}
