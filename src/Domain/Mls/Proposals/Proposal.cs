using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

// struct {
//     ProposalType proposal_type;
//     select (Proposal.proposal_type) {
//         case add:                      Add;
//         case update:                   Update;
//         case remove:                   Remove;
//         case psk:                      PreSharedKey;
//         case reinit:                   ReInit;
//         case external_init:            ExternalInit;
//         case group_context_extensions: GroupContextExtensions;
//     };
// } Proposal;

/// <summary>
/// §12.1: a change to a group, to be committed. A proposal has no length on the wire, so one of an unknown type cannot
/// be skipped over, and whatever holds it is refused with <see cref="MlsError.UnsupportedProposal"/>.
/// </summary>
public abstract record Proposal(ProposalType Type) : IWireStruct<Proposal>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)Type);
        WriteBody(writer);
    }

    public static Proposal ReadFrom(ref TlsReader reader)
    {
        var type = (ProposalType)reader.ReadUInt16();
        return type switch
        {
            ProposalType.Add => AddProposal.ReadBody(ref reader),
            ProposalType.Update => UpdateProposal.ReadBody(ref reader),
            ProposalType.Remove => RemoveProposal.ReadBody(ref reader),
            ProposalType.PreSharedKey => PreSharedKeyProposal.ReadBody(ref reader),
            ProposalType.ReInit => ReInitProposal.ReadBody(ref reader),
            ProposalType.ExternalInit => ExternalInitProposal.ReadBody(ref reader),
            ProposalType.GroupContextExtensions => GroupContextExtensionsProposal.ReadBody(ref reader),
            ProposalType.SelfRemove => new SelfRemoveProposal(),
            _ => throw new MlsException(MlsError.UnsupportedProposal, $"proposal type {(ushort)type}"),
        };
    }

    /// <summary>Appends what follows the proposal_type.</summary>
    internal abstract void WriteBody(TlsWriter writer);
}

/// <summary>§12.1.1: <c>struct { KeyPackage key_package; } Add</c>.</summary>
public sealed record AddProposal(KeyPackage KeyPackage) : Proposal(ProposalType.Add)
{
    internal override void WriteBody(TlsWriter writer) => writer.Write(KeyPackage);

    internal static AddProposal ReadBody(ref TlsReader reader) => new(KeyPackage.ReadFrom(ref reader));
}

/// <summary>§12.1.2: <c>struct { LeafNode leaf_node; } Update</c>: the sender's new leaf.</summary>
public sealed record UpdateProposal(LeafNode LeafNode) : Proposal(ProposalType.Update)
{
    internal override void WriteBody(TlsWriter writer) => writer.Write(LeafNode);

    internal static UpdateProposal ReadBody(ref TlsReader reader) => new(LeafNode.ReadFrom(ref reader));
}

/// <summary>§12.1.3: <c>struct { uint32 removed; } Remove</c>.</summary>
public sealed record RemoveProposal(LeafIndex Removed) : Proposal(ProposalType.Remove)
{
    internal override void WriteBody(TlsWriter writer) => writer.WriteUInt32(Removed.Value);

    // Any number is a well-formed Remove; whether it is a leaf of the tree, the proposal list's validation says.
    internal static RemoveProposal ReadBody(ref TlsReader reader) => new(new LeafIndex(reader.ReadUInt32()));
}

/// <summary>§12.1.4: <c>struct { PreSharedKeyID psk; } PreSharedKey</c>.</summary>
public sealed record PreSharedKeyProposal(PreSharedKeyId Psk) : Proposal(ProposalType.PreSharedKey)
{
    internal override void WriteBody(TlsWriter writer) => writer.Write(Psk);

    internal static PreSharedKeyProposal ReadBody(ref TlsReader reader) => new(PreSharedKeyId.ReadFrom(ref reader));
}

// struct {
//     opaque group_id<V>;
//     ProtocolVersion version;
//     CipherSuite cipher_suite;
//     Extension extensions<V>;
// } ReInit;

/// <summary>§12.1.5: the group ends and goes on as another.</summary>
public sealed record ReInitProposal(Opaque GroupId, ProtocolVersion Version, CipherSuiteId CipherSuite, ExtensionList Extensions)
    : Proposal(ProposalType.ReInit)
{
    internal override void WriteBody(TlsWriter writer)
    {
        writer.WriteOpaque(GroupId);
        writer.WriteUInt16((ushort)Version);
        writer.WriteUInt16((ushort)CipherSuite);
        writer.Write(Extensions);
    }

    internal static ReInitProposal ReadBody(ref TlsReader reader) => new(
        reader.ReadOpaque(),
        (ProtocolVersion)reader.ReadUInt16(),
        (CipherSuiteId)reader.ReadUInt16(),
        ExtensionList.ReadFrom(ref reader));
}

/// <summary>§12.1.6: <c>struct { opaque kem_output&lt;V&gt;; } ExternalInit</c>.</summary>
public sealed record ExternalInitProposal(Opaque KemOutput) : Proposal(ProposalType.ExternalInit)
{
    internal override void WriteBody(TlsWriter writer) => writer.WriteOpaque(KemOutput);

    internal static ExternalInitProposal ReadBody(ref TlsReader reader) => new(reader.ReadOpaque());
}

/// <summary>§12.1.7: <c>struct { Extension extensions&lt;V&gt;; } GroupContextExtensions</c>: they replace the group's.</summary>
public sealed record GroupContextExtensionsProposal(ExtensionList Extensions) : Proposal(ProposalType.GroupContextExtensions)
{
    internal override void WriteBody(TlsWriter writer) => writer.Write(Extensions);

    internal static GroupContextExtensionsProposal ReadBody(ref TlsReader reader) => new(ExtensionList.ReadFrom(ref reader));
}

/// <summary>draft-ietf-mls-extensions: <c>struct {} SelfRemove</c>: the sender asks to be removed.</summary>
public sealed record SelfRemoveProposal() : Proposal(ProposalType.SelfRemove)
{
    internal override void WriteBody(TlsWriter writer)
    {
        // No fields.
    }
}
