using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Envelopes;

/// <summary>How many values a link keeps in one direction.</summary>
internal static class KeptSlots
{
    public const int Names = 256;
    public const int Identities = 32;
}

/// <summary>The sending end of one direction of a link. Envelopes are to be sent in the order in which they were packed, all of them. Not for concurrent use.</summary>
public sealed class EnvelopePacker
{
    private readonly SentValues<SlimName> _names = new(KeptSlots.Names);
    private readonly SentValues<string> _identities = new(KeptSlots.Identities);

    /// <summary>The envelope with what the other end keeps already left out.</summary>
    public PackedEnvelope Pack(Envelope envelope)
    {
        // In the order in which the other end takes them: the destination may take the source's slot.
        var source = _names.Keep(envelope.Source);
        var destination = _names.Keep(envelope.Destination);
        return new PackedEnvelope(source, destination, _identities.Keep(envelope.Identity), envelope);
    }
}

/// <summary>The receiving end of one direction of a link. Not for concurrent use.</summary>
public sealed class EnvelopeUnpacker
{
    private readonly ReceivedValues<SlimName> _names = new(KeptSlots.Names);
    private readonly ReceivedValues<string> _identities = new(KeptSlots.Identities);

    /// <summary>The whole envelope.</summary>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: it refers to what is not kept, or breaks <see cref="EnvelopeLimits"/>.</exception>
    public Envelope Unpack(PackedEnvelope packed)
    {
        var envelope = packed.Rest with
        {
            Source = _names.Take(packed.Source),
            Destination = _names.Take(packed.Destination),
            Identity = _identities.Take(packed.Identity),
        };
        return EnvelopeLimits.Violation(envelope) is { } violation ? throw new ProtocolException(ErrorCode.MalformedFrame, violation) : envelope;
    }
}
