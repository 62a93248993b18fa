using System.Collections.Concurrent;
using Google.Protobuf;
using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>
/// REJOIN_REQUEST and REJOIN_REPLY: a participant that has missed commits shows the moderator a new key package. The moderator
/// puts its new leaf in place of the old one, in one commit, answers with the Welcome, and tells everybody by a GROUP_UPDATE.
/// </summary>
internal sealed class Rejoining(SessionState session, Membership membership)
{
    /// <summary>How often a participant may ask and is heard: whoever rejoins costs everybody a commit.</summary>
    public static readonly TimeSpan Least = Heartbeats.Interval;

    private readonly ConcurrentDictionary<MemberKey, DateTimeOffset> _heard = new();
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private uint? _entered;
    private volatile bool _isAsking;

    /// <summary>True when the moderator's epoch shows that this agent has missed a commit, and it has not asked just now.</summary>
    public bool IsDue(ulong moderatorsEpoch)
    {
        var now = session.Agent.Time.GetUtcNow();
        if (session.Keys?.Epoch is not { } own || moderatorsEpoch <= own || _isAsking || now - _asked < Least)
            return false;
        (_asked, _isAsking) = (now, true);
        return true;
    }

    /// <summary>Asks the moderator; done when its reply has been taken.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>.</exception>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await session.AskAsync(Request(), [MemberKey.Of(session.Moderator!)], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _isAsking = false;
        }
    }

    /// <summary>The moderator's reply: this agent is in again.</summary>
    /// <returns>GROUP_ACK.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public Command Enter(Envelope envelope, SlimPeer from)
    {
        var number = envelope.Session.MessageId;
        if (_entered != number)
        {
            var reply = Command.Read(envelope).RejoinReply;
            try
            {
                session.Keys!.Join(reply?.MlsContent.Memory ?? default, reply?.CommitId ?? 0, from);
            }
            catch (MlsException e)
            {
                throw new SlimException(SlimError.ProtocolViolation, $"The REJOIN_REPLY of {envelope.Source} does not open: {e.Message}", e);
            }
            _entered = number;
            session.Requests.Answer(new RequestKey(SessionMessageType.RejoinReply, number), envelope);
        }
        return Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() });
    }

    /// <summary>At the moderator: a participant asks.</summary>
    /// <returns>True when it is to be taken in again; it asks again where it is not.</returns>
    public bool MayBegin(SlimName participant)
    {
        var now = session.Agent.Time.GetUtcNow();
        foreach (var (other, heard) in _heard)
        {
            if (now - heard >= Least)
                _heard.TryRemove(KeyValuePair.Create(other, heard));
        }
        return _heard.TryAdd(MemberKey.Of(participant), now);
    }

    /// <summary>Takes a participant in again; done when it and all others have acknowledged.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>, or what is wrong with the request.</exception>
    public async Task ReadmitAsync(Envelope envelope, SlimPeer from, CancellationToken cancellationToken)
    {
        var request = Command.Read(envelope).RejoinRequest;
        if (request?.Participant?.Name_ is null || MemberKey.Of(request.Participant.ToSlimName()) != MemberKey.Of(envelope.Source))
            throw new SlimException(SlimError.ProtocolViolation, $"{envelope.Source} asks to rejoin as somebody else.");
        if (session.Roster.Find(envelope.Source) is not { } before)
            return;
        var member = before with { IsOnline = true, Peer = from };
        var (commit, welcome) = Readmit(request.KeyPackage, member, before);
        session.Roster.Put(member);

        var payload = new RejoinReply { CommitId = welcome.CommitId, MlsContent = welcome.MlsContent };
        var reply = new Command(member.Name, SessionMessageType.RejoinReply, envelope.Session.MessageId, new CommandPayload { RejoinReply = payload });
        await Task.WhenAll(
            session.AskAsync(reply, [MemberKey.Of(member.Name)], cancellationToken),
            membership.TellAsync(GroupUpdateOperation.Rejoin, member, commit, membership.Audience(), cancellationToken)).ConfigureAwait(false);
    }

    private Command Request()
    {
        var payload = new RejoinRequest { Participant = session.Own.ToName(), KeyPackage = UnsafeByteOperations.UnsafeWrap(session.Keys!.KeyPackage()) };
        return new Command(session.Moderator!, SessionMessageType.RejoinRequest, SessionState.NewMessageId(), new CommandPayload { RejoinRequest = payload });
    }

    private (MlsPayload Commit, MlsPayload Welcome) Readmit(ByteString keyPackage, Member member, Member before)
    {
        try
        {
            var (number, commit, welcome) = session.Keys!.Readmit(keyPackage.Memory, member.Peer!, before.Peer!);
            return (Inviting.Payload(number, commit), Inviting.Payload(number, welcome));
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"{member.Name} cannot be taken in again: {e.Message}", e);
        }
    }
}
