using Google.Protobuf;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What a control message says, and where it goes.</summary>
internal sealed record Command(SlimName To, SessionMessageType Type, uint MessageId, CommandPayload Payload)
{
    /// <summary>1: to one; <see cref="Outgoing.Everybody"/>: to all who have the destination's name.</summary>
    public uint Fanout { get; init; } = 1;

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Where the answer comes from that is not sent in the agent's first name; null: that.</summary>
    public SlimName? From { get; init; }

    /// <summary>The answer to a control message, under its number.</summary>
    public static Command Answer(Envelope to, SessionMessageType type, CommandPayload payload) => new(to.Source, type, to.Session.MessageId, payload);

    /// <summary>Reads what a control message says.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public static CommandPayload Read(Envelope envelope)
    {
        try
        {
            return CommandPayload.Parser.ParseFrom(envelope.Content.Span);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"A control message of {envelope.Source} cannot be read.", e);
        }
    }

    /// <summary>What answers a control message; answers themselves are not answered.</summary>
    public SessionMessageType AnswerType => Type switch
    {
        SessionMessageType.DiscoveryRequest => SessionMessageType.DiscoveryReply,
        SessionMessageType.JoinRequest => SessionMessageType.JoinReply,
        SessionMessageType.LeaveRequest => SessionMessageType.LeaveReply,
        SessionMessageType.RejoinRequest => SessionMessageType.RejoinReply,
        SessionMessageType.GroupWelcome or SessionMessageType.GroupUpdate or SessionMessageType.GroupClose or SessionMessageType.RejoinReply => SessionMessageType.GroupAck,
        _ => throw new InvalidOperationException($"{Type} is not answered."),
    };

    /// <summary>The message's type, as the protocol numbers it.</summary>
    public static SessionMessageType TypeOf(Envelope envelope) => (SessionMessageType)envelope.Session.MessageType;
}
