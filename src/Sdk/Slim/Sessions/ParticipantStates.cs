using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>UPDATE_PARTICIPANT_STATE: a participant says that it goes away for a while, or is back.</summary>
internal sealed class ParticipantStates(SessionState session, Heartbeats heartbeats)
{
    /// <returns>GROUP_ACK; GROUP_NACK to who is back and has missed a commit, whereupon it asks the moderator to be taken in again.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public Command Take(Envelope envelope)
    {
        var update = Command.Read(envelope).UpdateParticipantState;
        if (update?.Participant?.Name_ is null || MemberKey.Of(update.Participant.ToSlimName()) != MemberKey.Of(envelope.Source))
            throw new SlimException(SlimError.ProtocolViolation, $"{envelope.Source} says nothing of its own state.");
        var isOnline = update.NewState == ParticipantState.Online;
        if (isOnline && session.Keys is not null && update.Epoch != heartbeats.Epoch)
        {
            session.Roster.SetOnline(envelope.Source, isOnline: false);
            return Command.Answer(envelope, SessionMessageType.GroupNack, new CommandPayload { GroupNack = new GroupNack() });
        }
        session.Roster.SetOnline(envelope.Source, isOnline);
        if (!isOnline)
            session.Requests.Forget(MemberKey.Of(envelope.Source));
        return Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() });
    }
}
