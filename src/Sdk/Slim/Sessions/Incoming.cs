using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>Who sent what arrives: judged before anything else is done with it.</summary>
internal sealed class Incoming(SlimIdentity identity, TimeProvider time)
{
    /// <summary>The token must hold, name the source's id, and its key must have signed a control message's header.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: it is not from whom it says.</exception>
    public SlimPeer Verify(Envelope envelope)
    {
        if (identity.Verify(envelope.Identity, time.GetUtcNow()) is not { } peer)
            throw Refused(envelope, "its identity does not hold");
        if (envelope.Source.Id != peer.NameId)
            throw Refused(envelope, "its source is not the identity's");
        if (envelope.ContentKind == ContentKind.Command && !IsSigned(envelope, peer))
            throw Refused(envelope, "its header is not signed by the identity's key");
        return peer;
    }

    private static bool IsSigned(Envelope envelope, SlimPeer peer) =>
        envelope.HeaderSignature is { } signature
        && SlimIdentity.Suite.Signature.Verify(new SignaturePublicKey(new Opaque(peer.PublicKey)), HeaderIntegrity.Aad(envelope), signature.Span);

    private static SlimException Refused(Envelope envelope, string why) =>
        new(SlimError.ProtocolViolation, $"A message of {envelope.Source} is refused: {why}.");
}
