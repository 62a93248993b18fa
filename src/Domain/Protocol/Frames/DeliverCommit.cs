using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-commit = [35, channel-id, sequence, commit: mls]

/// <summary>A commit, as it was sent; behind it the channel is in the next epoch.</summary>
public sealed record DeliverCommit(ChannelId ChannelId, Sequence Sequence, ReadOnlyMemory<byte> Commit) : Frame(FrameType.DeliverCommit)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.Write(Commit);
    }

    internal static DeliverCommit Read(CborReader reader) => new(reader.ReadChannelId(), reader.ReadSequence(), reader.ReadBytes());
}
