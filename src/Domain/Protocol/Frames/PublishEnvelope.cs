using System.Formats.Cbor;
using Skytale.Protocol.Envelopes;

namespace Skytale.Protocol.Frames;

// publish-envelope = [55, envelope]

/// <summary>An envelope for whoever has subscribed its destination. It has no answer.</summary>
public sealed record PublishEnvelope(PackedEnvelope Envelope) : Frame(FrameType.PublishEnvelope)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        Envelope.Write(writer);
    }

    internal static PublishEnvelope Read(CborReader reader) => new(PackedEnvelope.Read(reader));
}
