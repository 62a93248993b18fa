using Skytale.Agent.Channels;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

/// <summary>Makes and revokes invitations. The relay is told that there is one, the members what it takes to honour it, and nobody its secret.</summary>
internal sealed class Inviting(ChannelSession session)
{
    /// <summary>Makes an invitation that any member honours from now on.</summary>
    /// <exception cref="SkytaleException">Why there is none.</exception>
    public async Task<Invitation> InviteAsync(InvitationOptions options, CancellationToken cancellationToken)
    {
        options.Check();
        var (context, now) = (session.Context, session.Context.Time.GetUtcNow());
        var relay = await RelayAsync(cancellationToken).ConfigureAwait(false);
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + options.ExpiresIn).ToUnixTimeSeconds());
        var invitation = new Invitation(relay, session.Id, context.Identity.Id, expiresAt, options.MaxUses, options.For, Secret.Random(Invitation.SecretSize, context.Random));
        try
        {
            using var keys = InvitationKeys.Of(invitation.Secret);
            var known = KnownInvitation.Of(invitation, keys, context.Identity);
            using var notice = known.Encode();
            // What no member would honour is not given out: known here first, then to the relay and the others.
            await session.LockedAsync(() => session.Invitations.Add(known), cancellationToken).ConfigureAwait(false);
            try
            {
                await AnnounceAsync(known, cancellationToken).ConfigureAwait(false);
                await session.Sending.SendNoticeAsync(NoticeType.Invitation, notice.Memory, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                await session.LockedAsync(() => session.Invitations.Revoke(known.Id), CancellationToken.None).ConfigureAwait(false);
                throw;
            }
            return invitation;
        }
        catch
        {
            invitation.Dispose();
            throw;
        }
    }

    /// <summary>Ends an invitation at every member; one that is not known, or over, changes nothing.</summary>
    /// <exception cref="SkytaleException">Why it is honoured still by members that were not told.</exception>
    public async Task RevokeAsync(InvitationId invitation, CancellationToken cancellationToken)
    {
        await session.LockedAsync(() => session.Invitations.Revoke(invitation), cancellationToken).ConfigureAwait(false);
        await session.Sending.SendNoticeAsync(NoticeType.Revocation, invitation.ToBytes(), cancellationToken).ConfigureAwait(false);
        var answer = await session.Context.RequestAsync<Done>(request => new WithdrawInvitation(request, session.Id, invitation), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            AgentLog.AnnouncingRefused(session.Context.Logger, session.Id.ToString(), answer.Refusal.Detail);
    }

    /// <summary>Those that may still be used.</summary>
    public IReadOnlyList<InvitationInfo> List() => [.. session.Invitations.Live.Select(known => known.ToInfo())];

    /// <summary>
    /// While one connection lives: tells the relay of every invitation that this member knows, for one that was started anew has
    /// forgotten them; and those whom this member adds, for they cannot read what was told before, and are to honour them too.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var announced = await session.LockedAsync(() => session.Invitations.MayAdmit(session.Head.Group.Public) ? session.Invitations.Live : [], cancellationToken).ConfigureAwait(false);
            foreach (var known in announced)
                await TryAsync(() => AnnounceAsync(known, cancellationToken)).ConfigureAwait(false);
            while (true)
            {
                await session.WaitAsync(() => session.Invitations.AreToBeTold, cancellationToken).ConfigureAwait(false);
                await TryAsync(() => TellAsync(cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: the next begins with this too.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var notices = await session.LockedAsync(
            () =>
            {
                session.Invitations.AreToBeTold = false;
                return session.Invitations.Live.Select(known => known.Encode()).ToList();
            },
            cancellationToken).ConfigureAwait(false);
        try
        {
            foreach (var notice in notices)
                await session.Sending.SendNoticeAsync(NoticeType.Invitation, notice.Memory, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var notice in notices)
                notice.Dispose();
        }
    }

    private async Task TryAsync(Func<Task> tell)
    {
        try
        {
            await tell().ConfigureAwait(false);
        }
        catch (SkytaleException e)
        {
            // Another member may be allowed what this one is not, and any that knows of it honours it.
            AgentLog.AnnouncingRefused(session.Context.Logger, session.Id.ToString(), e.Message);
        }
    }

    private async Task AnnounceAsync(KnownInvitation known, CancellationToken cancellationToken)
    {
        var (expiresAt, uses) = ((ulong)known.ExpiresAt.ToUnixTimeSeconds(), (uint)known.UsesLeft);
        var answer = await session.Context.RequestAsync<Done>(
            request => new AnnounceInvitation(request, session.Id, known.Id, expiresAt, uses), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            throw answer.Refusal.ToException();
    }

    private async Task<string> RelayAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Context.Link.ConnectionAsync(cancellationToken).ConfigureAwait(false)).Relay;
        }
        catch (TransportException e)
        {
            throw e.ToSkytale();
        }
    }
}
