using Google.Protobuf;
using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>The invited agent's part of a handshake: JOIN_REQUEST, JOIN_REPLY, GROUP_WELCOME, GROUP_ACK.</summary>
internal sealed class Joining(SessionState session, Receiving receiving)
{
    // What a JoinRequest may ask for, and what holds for control messages where it says nothing.
    private const uint MaxRetries = 1_000;
    private const uint MinInterval = 100;
    private const uint MaxInterval = 60_000;
    private const uint DefaultRetries = 10;

    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    private bool _hasEntered;

    /// <summary>The session that a JoinRequest asks into.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public static SessionState Begin(AgentParts agent, Envelope request)
    {
        var type = (SessionType)request.Session.Type;
        var join = Command.Read(request).JoinRequest ?? throw Violation(request, "it says nothing");
        var isGroup = type == SessionType.Multicast;
        if (!isGroup && type != SessionType.PointToPoint)
            throw Violation(request, $"{type} is no session that can be joined");
        if (isGroup && (join.Channel?.Name_ is null || join.Control?.Name_ is null || join.TimerSettings is null))
            throw Violation(request, "a group needs a channel, a control channel and timers");
        if (isGroup && !AreChannels(agent, request, MemberKey.Of(join.Channel!.ToSlimName()), MemberKey.Of(join.Control!.ToSlimName())))
            throw Violation(request, "its channels are not two of one name of the moderator's organisation, apart from this agent's");

        var terms = new SessionTerms
        {
            Id = request.Session.SessionId,
            Type = type,
            Reliable = join.TimerSettings is not null,
            Interval = join.TimerSettings is { } timers ? TimeSpan.FromMilliseconds(Math.Clamp(timers.Timeout, MinInterval, MaxInterval)) : DefaultInterval,
            MaxRetries = (int)Math.Min(join.TimerSettings?.MaxRetries ?? DefaultRetries, MaxRetries),
            Encrypted = join.MlsSettings is not null,
            Metadata = request.Metadata,
        };
        return new SessionState(
            agent, terms, request.Destination with { Id = agent.Own.Id }, request.Source,
            isGroup ? join.Channel!.ToSlimName() : request.Source,
            isGroup ? join.Control!.ToSlimName() : request.Source);
    }

    /// <summary>JOIN_REPLY: this agent's name, and its key package where the session is encrypted.</summary>
    public Command Answer(Envelope request)
    {
        var reply = new JoinReply { Participant = new Member(session.Own, Sends: true, Receives: true, IsOnline: true).ToParticipant() };
        if (session.Keys is { } keys)
            reply.KeyPackage = UnsafeByteOperations.UnsafeWrap(keys.KeyPackage());
        return Command.Answer(request, SessionMessageType.JoinReply, new CommandPayload { JoinReply = reply });
    }

    /// <summary>GROUP_WELCOME: who takes part, and the way into the MLS group; answered by GROUP_ACK.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>, or <see cref="SlimError.Refused"/>: the channels cannot be had.</exception>
    public async Task<Command> EnterAsync(Envelope envelope, SlimPeer from, CancellationToken cancellationToken)
    {
        if (!_hasEntered)
        {
            var welcome = Command.Read(envelope).GroupWelcome ?? throw Violation(envelope, "it says nothing");
            JoinMls(envelope, welcome, from);
            if (session.Terms.IsGroup)
            {
                session.ReplaceRoster(welcome.Participants);
                await session.Agent.Link.SubscribeAsync(session.Own, session.Data, cancellationToken).ConfigureAwait(false);
                await session.Agent.Link.SubscribeAsync(session.Own, session.Control, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                receiving.BeginWith(session.Moderator!);
            }

            // Whatever the list says: with one other there are two, and a group has its moderator.
            PutOnline(session.Moderator!);
            PutOnline(session.Own);
            _hasEntered = true;
        }
        return Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() });
    }

    /// <summary>
    /// Messages for the channels will be this agent's by its own right to names: an inviter must not make it listen to its own
    /// name, or to what somebody else's organisation says to one another.
    /// </summary>
    private static bool AreChannels(AgentParts agent, Envelope request, MemberKey channel, MemberKey control) =>
        channel.AnyId == control.AnyId
        && channel != control
        && channel.Id != SlimNameId.Any
        && control.Id != SlimNameId.Any
        && channel.Component0 == request.Source.Component0
        && channel.AnyId != MemberKey.Of(agent.Own).AnyId;

    private void PutOnline(SlimName name) =>
        session.Roster.Put((session.Roster.Find(name) ?? new Member(name, Sends: true, Receives: true, IsOnline: true)) with { IsOnline = true });

    private void JoinMls(Envelope envelope, GroupWelcome welcome, SlimPeer from)
    {
        if (session.Keys is not { } keys)
            return;
        try
        {
            keys.Join(welcome.Mls?.MlsContent.Memory ?? default, welcome.Mls?.CommitId ?? 0, from);
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"The Welcome of {envelope.Source} does not open: {e.Message}", e);
        }
    }

    private static SlimException Violation(Envelope envelope, string why) =>
        new(SlimError.ProtocolViolation, $"{Command.TypeOf(envelope)} of {envelope.Source} is refused: {why}.");
}
