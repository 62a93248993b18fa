using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// gap = [37, through: sequence]

/// <summary>On a delivery stream: what stands between the entry before, or the place that was subscribed behind, and this place are messages that are no longer kept.</summary>
public sealed record Gap(Sequence Through) : Frame(FrameType.Gap)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(Through);
    }

    internal static Gap Read(CborReader reader) => new(reader.ReadSequence());
}
