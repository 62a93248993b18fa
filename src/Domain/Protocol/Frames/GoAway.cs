using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// go-away = [7, within: uint]    ; milliseconds

/// <summary>On the control stream, from the relay: it stops when this time is over and lets nobody in any more. Whoever is connected goes on until it has another connection.</summary>
/// <param name="Milliseconds">At most <see cref="int.MaxValue"/>.</param>
public sealed record GoAway(int Milliseconds) : Frame(FrameType.GoAway)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer) => writer.WriteInt32(Milliseconds);

    internal static GoAway Read(CborReader reader) => new(reader.ReadCount());
}
