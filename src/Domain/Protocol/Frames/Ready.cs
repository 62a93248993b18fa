using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// ready = [4, relay: tstr, max-frame-size: uint]

/// <summary>The relay has accepted the proof; requests may follow.</summary>
public sealed record Ready(string Relay, int MaxFrameSize) : Frame(FrameType.Ready)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.WriteTextString(Relay);
        writer.WriteInt32(MaxFrameSize);
    }

    internal static Ready Read(CborReader reader) => new(reader.ReadText(255), reader.ReadCount());
}
