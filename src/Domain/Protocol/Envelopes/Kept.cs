using System.Formats.Cbor;
using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Envelopes;

// kept = slot / [slot, value]
// slot = uint .size 1

/// <summary>A value that repeats on a link: in full with the slot that it is to be kept in, then by its slot alone.</summary>
/// <param name="Slot">Where it stands, in a table of the receiver's that only the sender fills.</param>
/// <param name="Value">The value to put there; null: the one that stands there.</param>
public readonly record struct Kept<T>(byte Slot, T? Value) where T : class
{
    internal void Write(CborWriter writer, Action<CborWriter, T> write)
    {
        if (Value is null)
        {
            writer.WriteUInt32(Slot);
            return;
        }
        writer.WriteStartArray(2);
        writer.WriteUInt32(Slot);
        write(writer, Value);
        writer.WriteEndArray();
    }

    internal static Kept<T> Read(CborReader reader, Func<CborReader, T> read)
    {
        if (reader.PeekState() != CborReaderState.StartArray)
            return new Kept<T>(ReadSlot(reader), null);
        reader.ReadArrayOf(2);
        var kept = new Kept<T>(ReadSlot(reader), read(reader));
        reader.ReadEndArray();
        return kept;
    }

    private static byte ReadSlot(CborReader reader) => checked((byte)reader.ReadUInt32());
}
