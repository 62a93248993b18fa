using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>The moderator's hold on who takes part: its own entering, GROUP_UPDATE to the others, removals.</summary>
internal sealed class Membership(SessionState session, Receiving receiving)
{
    /// <summary>The moderator takes part itself as soon as somebody has answered.</summary>
    public async Task EnterAsync(SlimName other, CancellationToken cancellationToken)
    {
        if (session.Roster.Find(session.Own) is not null)
            return;
        if (session.Terms.IsGroup)
        {
            await session.Agent.Link.SubscribeAsync(session.Own, session.Data, cancellationToken).ConfigureAwait(false);
            await session.Agent.Link.SubscribeAsync(session.Own, session.Control, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            session.Data = session.Control = other;
        }
        session.Keys?.Create();
        session.Roster.Put(new Member(session.Own, Sends: true, Receives: true, IsOnline: true));
    }

    /// <summary>Tells those who were there before, and waits until all have acknowledged.</summary>
    public async Task TellAsync(GroupUpdateOperation operation, Member changed, MlsPayload? commit, IReadOnlyCollection<MemberKey> audience, CancellationToken cancellationToken)
    {
        if (audience.Count == 0)
            return;
        var update = new GroupUpdate { Op = operation, Participant = changed.ToParticipant(), Mls = commit };
        update.Participants.AddRange(session.Roster.All.Select(member => member.ToParticipant()));
        var command = new Command(session.Control, SessionMessageType.GroupUpdate, SessionState.NewMessageId(), new CommandPayload { GroupUpdate = update }) { Fanout = Outgoing.Everybody };
        session.HasSent = true;
        await session.AskAsync(command, audience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whom a change is told: everybody else who is there now.</summary>
    public IReadOnlyCollection<MemberKey> Audience() => [.. session.Roster.Others.Where(member => member.IsOnline).Select(member => MemberKey.Of(member.Name))];

    /// <summary>Takes a participant out of the session. It is out at once; done when everybody has acknowledged it.</summary>
    /// <param name="hasLeft">True when it went by itself: it is not told, nor waited for.</param>
    public async Task RemoveAsync(Member member, bool hasLeft, CancellationToken cancellationToken)
    {
        var key = MemberKey.Of(member.Name);
        var commit = CommitRemoval(member);
        var audience = Audience();
        session.Roster.Remove(member.Name);
        receiving.Forget(member.Name);
        session.Requests.Forget(key);

        // Who is removed hears of it as the others do, and is then asked to leave; where there are no others the latter is enough.
        if (hasLeft || audience.Count > 1)
            await TellAsync(GroupUpdateOperation.Remove, member, commit, hasLeft ? [.. audience.Where(other => other != key)] : audience, cancellationToken).ConfigureAwait(false);
        if (hasLeft)
            return;
        await session.AskAsync(LeaveRequest(member), [key], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks a participant to leave.</summary>
    public static Command LeaveRequest(Member member) =>
        new(member.Name, SessionMessageType.LeaveRequest, SessionState.NewMessageId(), new CommandPayload { LeaveRequest = new LeaveRequest() });

    private MlsPayload? CommitRemoval(Member member)
    {
        if (session.Keys is not { } keys)
            return null;
        try
        {
            var (number, content) = keys.Remove(member.Peer!);
            return Inviting.Payload(number, content);
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"{member.Name} cannot be removed: {e.Message}", e);
        }
    }
}
