using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// acknowledge-welcome = [31, channel-id, sequence]

/// <summary>The Welcome was processed and stored; the relay drops it.</summary>
public sealed record AcknowledgeWelcome(ChannelId ChannelId, Sequence Sequence) : Frame(FrameType.AcknowledgeWelcome)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
    }

    internal static AcknowledgeWelcome Read(CborReader reader) => new(reader.ReadChannelId(), reader.ReadSequence());
}
