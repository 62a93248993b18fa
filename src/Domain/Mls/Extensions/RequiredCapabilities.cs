using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Proposals;

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
        writer.WriteUInt16Vector(ImmutableArray.CreateRange(ExtensionTypes, type => (ushort)type));
        writer.WriteUInt16Vector(ImmutableArray.CreateRange(ProposalTypes, type => (ushort)type));
        writer.WriteUInt16Vector(ImmutableArray.CreateRange(CredentialTypes, type => (ushort)type));
    }

    public static RequiredCapabilities ReadFrom(ref TlsReader reader) => new(
        ImmutableArray.CreateRange(reader.ReadUInt16Vector(), value => (ExtensionType)value),
        ImmutableArray.CreateRange(reader.ReadUInt16Vector(), value => (ProposalType)value),
        ImmutableArray.CreateRange(reader.ReadUInt16Vector(), value => (CredentialType)value));
}
