using Skytale.Mls.Codec;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Framing;

/// <summary>§6: what is framed.</summary>
public enum ContentType : byte
{
    Application = 1,
    Proposal = 2,
    Commit = 3,
}

/// <summary>§6: who may frame something.</summary>
public enum SenderType : byte
{
    Member = 1,
    External = 2,
    NewMemberProposal = 3,
    NewMemberCommit = 4,
}

// struct {
//     SenderType sender_type;
//     select (Sender.sender_type) {
//         case member:
//             uint32 leaf_index;
//         case external:
//             uint32 sender_index;
//         case new_member_commit:
//         case new_member_proposal:
//             struct{};
//     };
// } Sender;

/// <summary>§6: who sent a message: <see cref="Index"/> is a member's leaf, or an external sender's place in the external_senders extension, else 0.</summary>
public readonly record struct Sender(SenderType Type, uint Index) : IWireStruct<Sender>
{
    public static Sender NewMemberProposal { get; } = new(SenderType.NewMemberProposal, 0);

    public static Sender NewMemberCommit { get; } = new(SenderType.NewMemberCommit, 0);

    public static Sender Member(LeafIndex leaf) => new(SenderType.Member, leaf.Value);

    public static Sender External(uint senderIndex) => new(SenderType.External, senderIndex);

    /// <summary>The member's leaf; none for senders that are no members.</summary>
    public LeafIndex? Leaf => Type == SenderType.Member ? new LeafIndex(Index) : null;

    private bool HasIndex => Type is SenderType.Member or SenderType.External;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8((byte)Type);
        if (HasIndex)
            writer.WriteUInt32(Index);
    }

    public static Sender ReadFrom(ref TlsReader reader)
    {
        var type = (SenderType)reader.ReadUInt8();
        return type switch
        {
            SenderType.Member => Member(LeafIndex.FromWire(reader.ReadUInt32())),
            SenderType.External => External(reader.ReadUInt32()),
            SenderType.NewMemberProposal => NewMemberProposal,
            SenderType.NewMemberCommit => NewMemberCommit,
            _ => throw new MlsException(MlsError.UnknownEnumValue, $"sender type {(byte)type}"),
        };
    }
}
