using System.Formats.Cbor;
using Skytale.Protocol.Envelopes;

namespace Skytale.Protocol.Frames;

// deliver-envelope = [56, envelope]

/// <summary>An envelope for a name that this link has subscribed.</summary>
public sealed record DeliverEnvelope(PackedEnvelope Envelope) : Frame(FrameType.DeliverEnvelope)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        Envelope.Write(writer);
    }

    internal static DeliverEnvelope Read(CborReader reader) => new(PackedEnvelope.Read(reader));
}
