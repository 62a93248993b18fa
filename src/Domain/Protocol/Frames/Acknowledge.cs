using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// acknowledge = [36, sequence]

/// <summary>On a delivery stream, by the agent: everything up to this sequence is stored or shown.</summary>
public sealed record Acknowledge(Sequence Sequence) : Frame(FrameType.Acknowledge)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(Sequence);
    }

    internal static Acknowledge Read(CborReader reader) => new(reader.ReadSequence());
}
