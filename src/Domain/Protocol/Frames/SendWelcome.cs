using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// send-welcome = [17, welcome: mls]

/// <summary>The Welcome of the members that a commit adds; it stands inside <see cref="SendCommit"/>, never alone.</summary>
public sealed record SendWelcome(ReadOnlyMemory<byte> Welcome) : Frame(FrameType.SendWelcome)
{
    protected override int FieldCount => 1;

    protected override void WriteFields(CborWriter writer) => writer.Write(Welcome);

    internal static SendWelcome? ReadOptional(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }
        if (reader.ReadStartArray() != 2 || reader.ReadInt32() != (int)FrameType.SendWelcome)
            throw CborFields.Malformed("a commit carries a send-welcome or null");
        var welcome = new SendWelcome(reader.ReadBytes());
        reader.ReadEndArray();
        return welcome;
    }
}
