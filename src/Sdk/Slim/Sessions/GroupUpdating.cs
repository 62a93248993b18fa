using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>GROUP_UPDATE at a participant: somebody was added or removed, with the commit that says so to MLS.</summary>
internal sealed class GroupUpdating(SessionState session, Receiving receiving)
{
    /// <summary>Updates whose repeats are known: they are acknowledged and nothing more.</summary>
    private const int Remembered = 256;

    private readonly Queue<uint> _taken = new();

    /// <returns>GROUP_ACK.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public Command Take(Envelope envelope)
    {
        var update = Command.Read(envelope).GroupUpdate;
        if (update?.Participant?.Name?.Name_ is null)
            throw new SlimException(SlimError.ProtocolViolation, $"A GROUP_UPDATE of {envelope.Source} names nobody.");
        if (!_taken.Contains(envelope.Session.MessageId))
        {
            TakeCommit(envelope, update);
            Apply(envelope, update);
            _taken.Enqueue(envelope.Session.MessageId);
            if (_taken.Count > Remembered)
                _taken.Dequeue();
        }
        return Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() });
    }

    private void Apply(Envelope envelope, GroupUpdate update)
    {
        var changed = Member.Of(update.Participant);
        switch (update.Op)
        {
            case GroupUpdateOperation.Add:
                receiving.BeginWith(changed.Name);
                session.Roster.Put(changed);
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
                throw new SlimException(SlimError.ProtocolViolation, $"A GROUP_UPDATE of {envelope.Source} does {(int)update.Op}.");
        }
    }

    private void TakeCommit(Envelope envelope, GroupUpdate update)
    {
        if (session.Keys is not { } keys)
            return;
        try
        {
            keys.Take(update.Mls?.CommitId ?? 0, update.Mls?.MlsContent.Memory ?? default);
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"The commit of {envelope.Source} is refused: {e.Message}", e);
        }
    }
}
