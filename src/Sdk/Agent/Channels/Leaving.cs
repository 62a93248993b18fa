using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// This agent's own leaving: a SelfRemove proposal (draft-ietf-mls-extensions) that another member commits, since nobody commits its
/// own removal (RFC 9420 §12.2). Where a commit without it ends the epoch it is made anew in the next.
/// </summary>
internal sealed class Leaving(ChannelSession session)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when this agent is out; the wish is stored before, and outlives a caller that waits no longer.</summary>
    /// <exception cref="SkytaleException">Why it may not leave; or it is no member, or unread messages stand before the commit.</exception>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        await session.LockedAsync(session.WantToLeave, cancellationToken).ConfigureAwait(false);
        await session.WaitWhileReadAsync(() => session.IsRemoved || !session.IsLeaving, cancellationToken).ConfigureAwait(false);
        var refusal = await session.LockedAsync(() => session.IsRemoved ? null : session.StayRefusal, CancellationToken.None).ConfigureAwait(false);
        if (refusal is not null)
            throw refusal.ToException();
    }

    /// <summary>Asks whenever this agent wants to leave and has not in this epoch; runs while one connection lives and the channel is this agent's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ulong? asked = null;
        try
        {
            while (true)
            {
                await session.WaitAsync(() => session.IsLeaving && session.Trouble.IsOver && session.Turns != asked, cancellationToken).ConfigureAwait(false);
                asked = await AskAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: the next one asks again, which changes nothing where the relay has it.
        }
        catch (SkytaleException e)
        {
            // The channel has ended for this agent, or the connection has: the next one asks again.
            AgentLog.LeavingRefused(session.Context.Logger, session.Id.ToString(), e.Message);
        }
    }

    /// <returns>The turn that need not be asked in again; null: in the same once more.</returns>
    private async Task<ulong?> AskAsync(CancellationToken cancellationToken)
    {
        if (await session.LockedAsync(Propose, cancellationToken).ConfigureAwait(false) is not var (turns, proposal))
            return null;
        var answer = await session.Context.RequestAsync<Accepted>(request => new SendLeave(request, session.Id, proposal.Memory), cancellationToken).ConfigureAwait(false);
        // Where the epoch is over or this agent is out, what comes says so.
        if (answer.IsSuccess || answer.Refusal.Code is ErrorCode.StaleEpoch or ErrorCode.NotAMember)
            return turns;
        if (answer.Refusal.Code is ErrorCode.Unavailable or ErrorCode.RateLimited)
        {
            await Task.Delay(Pause, session.Context.Time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        await session.LockedAsync(() => session.Stay(answer.Refusal), cancellationToken).ConfigureAwait(false);
        return turns;
    }

    // The same bytes whenever it is made in an epoch: a repeat is known by them.
    private (ulong Turns, Opaque Proposal)? Propose()
    {
        if (!session.IsLeaving || !session.Trouble.IsOver)
            return null;
        try
        {
            var sent = session.Head.Group.Propose(new SelfRemoveProposal(), FramingOptions.Default, session.Context.Random);
            return (session.Turns, Tls.Encode(sent.Message));
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.Refused, $"Leaving {session.Name} cannot be proposed: {e.Message}", "", inner: e);
        }
    }
}
