using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-leave = [43, channel-id, sequence, proposal: mls]

/// <summary>
/// A member wants to leave. Behind this nothing is sent in the epoch until a commit has ended it (RFC 9420 §12.4); one that names
/// the proposal takes the member out. Where the member is alone, this entry itself ends its membership.
/// </summary>
/// <param name="Proposal">MLSMessage(PublicMessage), as it was sent.</param>
public sealed record DeliverLeave(ChannelId ChannelId, Sequence Sequence, ReadOnlyMemory<byte> Proposal) : Frame(FrameType.DeliverLeave)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.Write(Proposal);
    }

    internal static DeliverLeave Read(CborReader reader) => new(reader.ReadChannelId(), reader.ReadSequence(), reader.ReadBytes());
}
