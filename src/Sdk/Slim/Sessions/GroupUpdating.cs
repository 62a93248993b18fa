using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>GROUP_UPDATE at a participant: somebody was added, removed or taken in again, with the commit that says so to MLS.</summary>
internal sealed class GroupUpdating(SessionState session, Receiving receiving)
{
    /// <summary>Updates whose repeats are known: they are acknowledged and nothing more.</summary>
    private const int Remembered = 256;

    private readonly RecentNumbers _taken = new(Remembered);

    /// <returns>GROUP_ACK.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: it is not acknowledged, so that it may come again.</exception>
    public Command Take(Envelope envelope)
    {
        if (!_taken.Contains(envelope.Session.MessageId))
        {
            var update = Command.Read(envelope).GroupUpdate ?? throw Violation(envelope, "it says nothing");
            var changed = Member.Of(update.Participant ?? throw Violation(envelope, "it names nobody"));
            if (IsOwnRejoin(update, changed))
                Rebuild(envelope, update);
            else if (IsNew(envelope, update, changed))
                Apply(envelope, update, changed);
            _taken.Add(envelope.Session.MessageId);
        }
        return Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() });
    }

    /// <summary>This agent is in again: by the reply, which came before this, or is still to come.</summary>
    private bool IsOwnRejoin(GroupUpdate update, Member changed) =>
        update.Op == GroupUpdateOperation.Rejoin && session.Keys is not null && MemberKey.Of(changed.Name) == MemberKey.Of(session.Own);

    private void Rebuild(Envelope envelope, GroupUpdate update)
    {
        if (update.Mls is not { } commit || commit.CommitId > session.Keys!.LastCommit)
            throw Violation(envelope, "its REJOIN_REPLY has not come");
        session.ReplaceRoster(update.Participants);
    }

    private void Apply(Envelope envelope, GroupUpdate update, Member changed)
    {
        switch (update.Op)
        {
            case GroupUpdateOperation.Add:
                session.Roster.Put(changed);
                receiving.BeginWith(changed.Name);
                break;
            case GroupUpdateOperation.Remove:
                session.Roster.Remove(changed.Name);
                receiving.Forget(changed.Name);
                session.Requests.Forget(MemberKey.Of(changed.Name));
                break;
            case GroupUpdateOperation.Rejoin:
                session.Roster.Put(changed with { IsOnline = true });
                break;
            default:
                throw Violation(envelope, $"it does {(int)update.Op}");
        }
    }

    /// <returns>False for what MLS has followed before.</returns>
    private bool IsNew(Envelope envelope, GroupUpdate update, Member changed)
    {
        if (session.Keys is not { } keys)
            return true;
        try
        {
            return keys.Take(update.Mls?.CommitId ?? 0, update.Mls?.MlsContent.Memory ?? default, new GroupChange(update.Op, changed.Name.Id));
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"The commit of {envelope.Source} is refused: {e.Message}", e);
        }
    }

    private static SlimException Violation(Envelope envelope, string why) =>
        new(SlimError.ProtocolViolation, $"A GROUP_UPDATE of {envelope.Source} is refused: {why}.");
}
