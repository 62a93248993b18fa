using Google.Protobuf;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.SlimWire;

/// <summary>What of a message its two ends vouch for: signed in <c>e2e_header_sig</c>, and MLS's authenticated data.</summary>
public static class HeaderIntegrity
{
    private const uint Version = 1;

    /// <summary>HeaderIntegrityAad of an envelope, as protobuf in the order of its fields.</summary>
    public static byte[] Aad(Envelope envelope) =>
        new HeaderIntegrityAad
        {
            Version = Version,
            Source = NameMapping.PutTogether(envelope.Source, NameParts.Source, envelope),
            Destination = NameMapping.PutTogether(envelope.Destination, NameParts.Destination, envelope),
            Identity = envelope.Identity,
            SessionType = (SessionType)envelope.Session.Type,
            SessionMessageType = (SessionMessageType)envelope.Session.MessageType,
            SessionId = envelope.Session.SessionId,
            MessageId = envelope.Session.MessageId,
            PayloadType = envelope.PayloadType,
        }.ToByteArray();
}
