using System.Collections.ObjectModel;
using Google.Protobuf;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;
using SessionHeader = Skytale.Protocol.Envelopes.SessionHeader;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>Makes the messages of one session: with the identity's token, control messages signed by its key.</summary>
internal sealed class Outgoing(SlimIdentity identity, SlimName own, uint sessionId, SessionType sessionType, TimeProvider time)
{
    /// <summary>The fanout of what goes to all participants.</summary>
    public const uint Everybody = 256;

    /// <summary>Hops that a message may take.</summary>
    private const uint Ttl = 8;

    /// <summary>The protocol's version that these messages are of.</summary>
    private const string Version = "2.0.0";

    /// <summary>A signed control message.</summary>
    public Envelope Control(Command command)
    {
        var unsigned = Envelope(command.To, command.Type, command.MessageId, command.Fanout) with
        {
            Source = command.From ?? own,
            ContentKind = ContentKind.Command,
            Content = command.Payload.ToByteArray(),
            Metadata = command.Metadata ?? ReadOnlyDictionary<string, string>.Empty,
        };
        var signature = SlimIdentity.Suite.Signature.Sign(identity.Keys.PrivateKey, HeaderIntegrity.Aad(unsigned));
        return unsigned with { HeaderSignature = signature.Memory };
    }

    /// <summary>A message with an application's payload, or an empty one; encrypted where keys are given.</summary>
    public Envelope Data(SlimName to, SessionMessageType type, SentMessage message, uint fanout, SessionKeys? keys)
    {
        var plain = Envelope(to, type, message.Number, fanout) with
        {
            ContentKind = ContentKind.Application,
            PayloadType = message.PayloadType,
            Content = message.Payload,
            Metadata = message.Metadata,
        };
        return keys is null ? plain : plain with { Content = keys.Protect(message.Payload.Span, HeaderIntegrity.Aad(plain)) };
    }

    /// <summary>MSG_ACK or RTX_REQUEST: it says nothing but its number.</summary>
    public Envelope Note(SlimName to, SessionMessageType type, uint number, IReadOnlyDictionary<string, string>? metadata = null) =>
        Envelope(to, type, number, fanout: 1) with
        {
            ContentKind = ContentKind.Application,
            Metadata = metadata ?? ReadOnlyDictionary<string, string>.Empty,
        };

    private Envelope Envelope(SlimName to, SessionMessageType type, uint messageId, uint fanout) => new()
    {
        Source = own,
        Destination = to,
        Identity = identity.Token(time.GetUtcNow()),
        Fanout = fanout,
        Ttl = Ttl,
        Version = Version,
        Session = new SessionHeader((uint)sessionType, (uint)type, sessionId, messageId),
    };
}
