using Google.Protobuf;
using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>The moderator's part of a handshake: discovery, JOIN_REQUEST, JOIN_REPLY, GROUP_WELCOME, GROUP_ACK; the others get a GROUP_UPDATE.</summary>
internal sealed class Inviting(SessionState session, Receiving receiving, Membership membership)
{
    /// <summary>Brings one instance of a name into the session.</summary>
    /// <returns>Its full name.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>, or what is wrong with the answers.</exception>
    public async Task<SlimName> InviteAsync(SlimName name, CancellationToken cancellationToken)
    {
        var found = await Discovering.FindAsync(session, name, cancellationToken).ConfigureAwait(false);
        var invited = found.Source;
        if (session.Roster.Find(invited) is not null)
            throw new SlimException(SlimError.AlreadyInvited, $"{invited} takes part already.");
        if (session.Roster.All.Count >= Roster.Capacity)
            throw new SlimException(SlimError.InvalidArgument, $"A group has {Roster.Capacity} participants at most.");
        await membership.EnterAsync(invited, cancellationToken).ConfigureAwait(false);

        var request = new Command(invited, SessionMessageType.JoinRequest, SessionState.NewMessageId(), new CommandPayload { JoinRequest = JoinRequest() }) { Metadata = session.Terms.Metadata };
        var replies = await session.AskAsync(request, [MemberKey.Of(invited)], cancellationToken).ConfigureAwait(false);
        var (member, keyPackage) = ReadReply(replies[0], invited);

        var before = membership.Audience();
        var (commit, welcome) = Admit(keyPackage, member);
        receiving.BeginWith(invited);
        session.Roster.Put(member);
        try
        {
            await Task.WhenAll(TellOthersAsync(member, commit, before, cancellationToken), WelcomeAsync(invited, welcome, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SlimException or OperationCanceledException)
        {
            await TakeBackAsync(member).ConfigureAwait(false);
            throw;
        }
        return invited;
    }

    /// <summary>Who does not hear of the new participant is behind, which its heartbeats will show: that is no reason to turn the new one away.</summary>
    private async Task TellOthersAsync(Member member, MlsPayload? commit, IReadOnlyCollection<MemberKey> others, CancellationToken cancellationToken)
    {
        try
        {
            await membership.TellAsync(GroupUpdateOperation.Add, member, commit, others, cancellationToken).ConfigureAwait(false);
        }
        catch (SlimException e) when (e.Error == SlimError.NoAnswer)
        {
            SlimLog.Failed(session.Agent.Logger, session.Terms.Id, "telling the others of a new participant", e.Message);
        }
    }

    /// <summary>
    /// Who was let in and says nothing is out again, so that the group goes on without it. Should it be there after all, it is told once.
    /// </summary>
    private async Task TakeBackAsync(Member member)
    {
        if (session.Ended.IsCancellationRequested || !session.Terms.IsGroup)
            return;
        try
        {
            await session.PublishAsync(Membership.LeaveRequest(member), session.Ended).ConfigureAwait(false);
            await membership.RemoveAsync(member, hasLeft: true, session.Ended).ConfigureAwait(false);
        }
        catch (SlimException e)
        {
            SlimLog.Failed(session.Agent.Logger, session.Terms.Id, "telling the others that a participant did not come", e.Message);
        }
    }

    private JoinRequest JoinRequest()
    {
        var terms = session.Terms;
        return new JoinRequest
        {
            TimerSettings = terms.Reliable ? new TimerSettings { Timeout = (uint)terms.Interval.TotalMilliseconds, MaxRetries = (uint)terms.MaxRetries } : null,
            Channel = terms.IsGroup ? session.Data.ToName() : null,
            Control = terms.IsGroup ? session.Control.ToName() : null,
            MlsSettings = terms.Encrypted ? new MlsSettings { HeaderIntegrityValidationPercent = 100 } : null,
        };
    }

    private (Member, ByteString) ReadReply(Envelope reply, SlimName invited)
    {
        if (Command.Read(reply).JoinReply is not { Participant.Name.Name_: not null } joined || MemberKey.Of(joined.Participant.Name.ToSlimName()) != MemberKey.Of(invited))
            throw new SlimException(SlimError.ProtocolViolation, $"{invited} answers a JoinRequest as somebody else, or not at all.");
        var peer = session.Agent.Identity.Verify(reply.Identity, now: null) ?? throw new InvalidOperationException("Answers are verified before they are taken.");
        return (Member.Of(joined.Participant) with { Name = invited, Peer = peer }, joined.KeyPackage);
    }

    private (MlsPayload? Commit, MlsPayload? Welcome) Admit(ByteString keyPackage, Member member)
    {
        if (session.Keys is null)
            return (null, null);
        try
        {
            var (number, commit, welcome) = session.Keys.Add(keyPackage.Memory, member.Peer!);
            return (Payload(number, commit), Payload(number, welcome));
        }
        catch (MlsException e)
        {
            throw new SlimException(SlimError.ProtocolViolation, $"{member.Name} cannot be added: {e.Message}", e);
        }
    }

    private async Task WelcomeAsync(SlimName invited, MlsPayload? welcome, CancellationToken cancellationToken)
    {
        var payload = new GroupWelcome { Mls = welcome };
        payload.Participants.AddRange(session.Roster.All.Select(member => member.ToParticipant()));
        var command = new Command(invited, SessionMessageType.GroupWelcome, SessionState.NewMessageId(), new CommandPayload { GroupWelcome = payload });
        await session.AskAsync(command, [MemberKey.Of(invited)], cancellationToken).ConfigureAwait(false);
    }

    internal static MlsPayload Payload(uint number, byte[] content) => new() { CommitId = number, MlsContent = UnsafeByteOperations.UnsafeWrap(content) };
}
