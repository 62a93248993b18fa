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
        await membership.EnterAsync(invited, cancellationToken).ConfigureAwait(false);

        var request = new Command(invited, SessionMessageType.JoinRequest, SessionState.NewMessageId(), new CommandPayload { JoinRequest = JoinRequest() }) { Metadata = session.Terms.Metadata };
        var replies = await session.AskAsync(request, [MemberKey.Of(invited)], cancellationToken).ConfigureAwait(false);
        var (member, keyPackage) = ReadReply(replies[0], invited);

        var before = membership.Audience();
        receiving.BeginWith(invited);
        session.Roster.Put(member);
        try
        {
            var (commit, welcome) = Admit(keyPackage, member);
            await Task.WhenAll(
                membership.TellAsync(GroupUpdateOperation.Add, member, commit, before, cancellationToken),
                WelcomeAsync(invited, welcome, cancellationToken)).ConfigureAwait(false);
        }
        catch (MlsException e)
        {
            session.Roster.Remove(invited);
            throw new SlimException(SlimError.ProtocolViolation, $"{invited} cannot be added: {e.Message}", e);
        }
        return invited;
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
        var (number, commit, welcome) = session.Keys.Add(keyPackage.Memory, member.Peer!);
        return (Payload(number, commit), Payload(number, welcome));
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
