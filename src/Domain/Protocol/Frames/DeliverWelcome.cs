using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-welcome = [30, channel-id, channel-name, sequence, welcome: mls]

/// <summary>A Welcome for the agent of this connection, which the commit at this sequence added.</summary>
public sealed record DeliverWelcome(ChannelId ChannelId, ChannelName Name, Sequence Sequence, ReadOnlyMemory<byte> Welcome) : Frame(FrameType.DeliverWelcome)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.WriteTextString(Name.ToString());
        writer.Write(Sequence);
        writer.Write(Welcome);
    }

    internal static DeliverWelcome Read(CborReader reader) => new(reader.ReadChannelId(), reader.ReadChannelName(), reader.ReadSequence(), reader.ReadBytes());
}
