using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Proposals;

/// <summary>§12.4: <c>HashReference ProposalRef</c>: names a proposal that was sent on its own.</summary>
public readonly record struct ProposalRef(Opaque Value)
{
    /// <summary>§5.2: RefHash("MLS 1.0 Proposal Reference", AuthenticatedContent), wire format and signature included.</summary>
    public static ProposalRef Of(CipherSuite suite, AuthenticatedContent proposal) =>
        new(suite.RefHash(Labels.ProposalReference, Tls.Encode(proposal).Span));
}

// enum { reserved(0), proposal(1), reference(2), (255) } ProposalOrRefType;
//
// struct {
//     ProposalOrRefType type;
//     select (ProposalOrRef.type) {
//         case proposal:  Proposal proposal;
//         case reference: ProposalRef reference;
//     };
// } ProposalOrRef;

/// <summary>§12.4: a proposal as a commit holds it: <see cref="ProposalByValue"/> or <see cref="ProposalByReference"/>.</summary>
public abstract record ProposalOrRef : IWireStruct<ProposalOrRef>
{
    private protected const byte ByValue = 1;
    private protected const byte ByReference = 2;

    public abstract void WriteTo(TlsWriter writer);

    public static ProposalOrRef ReadFrom(ref TlsReader reader) => reader.ReadUInt8() switch
    {
        ByValue => new ProposalByValue(Proposal.ReadFrom(ref reader)),
        ByReference => new ProposalByReference(new ProposalRef(reader.ReadOpaque())),
        var other => throw new MlsException(MlsError.UnknownEnumValue, $"ProposalOrRef type {other}"),
    };
}

/// <summary>A proposal in the commit itself: its sender is the committer.</summary>
public sealed record ProposalByValue(Proposal Proposal) : ProposalOrRef
{
    public override void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8(ByValue);
        writer.Write(Proposal);
    }
}

/// <summary>A proposal that was sent before, in the same epoch.</summary>
public sealed record ProposalByReference(ProposalRef Reference) : ProposalOrRef
{
    public override void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8(ByReference);
        writer.WriteOpaque(Reference.Value);
    }
}
