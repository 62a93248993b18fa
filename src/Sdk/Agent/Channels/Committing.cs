using System.Collections.Immutable;
using Skytale.Groups;
using Skytale.Groups.Roles;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Commits of this agent. A pending commit is stored before it is sent and merged when it comes back in the channel's
/// order; when another won the epoch, that one is followed and the wish is committed anew.
/// </summary>
internal sealed class Committing(ChannelSession session)
{
    /// <summary>Adds an agent by a KeyPackage that the relay has of it; returns when this agent is in the new epoch.</summary>
    public Task AddMemberAsync(AgentId agent, CancellationToken cancellationToken)
    {
        Proposal? add = null;
        return CommitAsync(
            async () =>
            {
                if (await session.LockedAsync(() => session.OwnChanges.Claim(agent, isMember: true, Leaf(agent) is not null), cancellationToken).ConfigureAwait(false))
                    return null;
                // A commit that lost has not spent the KeyPackage: no Welcome for it was accepted.
                add ??= await AddProposalForAsync(agent, cancellationToken).ConfigureAwait(false);
                return () =>
                {
                    ThrowIfMember(agent);
                    return Holding(add);
                };
            },
            () => session.OwnChanges.Claim(agent, isMember: true, isSo: true),
            cancellationToken);
    }

    /// <summary>Adds an agent by an invitation; returns when this agent is in the new epoch, or the commit is not to be made any more.</summary>
    /// <param name="request">Asked under the gate, for each attempt; null: what the invitation allows is over, or another has added the agent.</param>
    public Task AdmitAsync(AgentId agent, Func<CommitRequest?> request, CancellationToken cancellationToken) => CommitAsync(
        async () => await session.LockedAsync(() => request() is null, cancellationToken).ConfigureAwait(false)
            ? null
            : () => request() ?? throw new SkytaleException(SkytaleError.Refused, $"{agent} may not be added by its invitation any more.", "", ErrorCode.InvitationOver),
        () => session.OwnChanges.Claim(agent, isMember: true, isSo: true),
        cancellationToken);

    /// <summary>Removes an agent; returns when this agent is in the new epoch.</summary>
    public Task RemoveMemberAsync(AgentId agent, CancellationToken cancellationToken) => CommitAsync(
        async () =>
        {
            if (agent == session.Context.Identity.Id)
                throw new SkytaleException(SkytaleError.InvalidArgument, "An agent cannot remove itself: who commits stays a member (RFC 9420 §12.2).", "Ask another member.");
            if (await session.LockedAsync(() => session.OwnChanges.Claim(agent, isMember: false, Leaf(agent) is null), cancellationToken).ConfigureAwait(false))
                return null;
            // Who wants to leave goes with any commit (RFC 9420 §12.4).
            return () => Leaf(agent) is { } leaf
                ? IsLeaving(leaf) ? Holding() : Holding(new RemoveProposal(leaf))
                : throw new SkytaleException(SkytaleError.InvalidArgument, $"{agent} is no member of {session.Name}.", "");
        },
        () => session.OwnChanges.Claim(agent, isMember: false, isSo: true),
        cancellationToken);

    /// <summary>Changes who may do what; nothing happens where it is so already.</summary>
    public Task ChangePolicyAsync(Func<ChannelPolicy, ChannelPolicy> change, CancellationToken cancellationToken) => CommitAsync(
        async () => await session.LockedAsync(() => Changed(change), cancellationToken).ConfigureAwait(false) is null
            ? null
            : () => Changed(change) is { } extensions ? Holding(new GroupContextExtensionsProposal(extensions)) : Holding(),
        () => true,
        cancellationToken);

    /// <summary>A commit without proposals: a new leaf key and a new path, behind which old keys of this agent open nothing.</summary>
    public Task UpdateKeysAsync(CancellationToken cancellationToken) =>
        CommitAsync(() => Task.FromResult<Func<CommitRequest>?>(() => Holding()), () => true, cancellationToken);

    /// <summary>The same where it is needed still when its turn comes.</summary>
    /// <param name="isNeeded">Asked under the gate, for each attempt.</param>
    /// <returns>False where it was not.</returns>
    public Task<bool> UpdateKeysAsync(Func<bool> isNeeded, CancellationToken cancellationToken) => CommitAsync(
        async () => await session.LockedAsync(isNeeded, cancellationToken).ConfigureAwait(false) ? () => Holding() : null, () => true, cancellationToken);

    /// <summary>Adds members again that asked for it, as far as nobody has: their old leaves go in the same commit (RFC 9420 §12.2).</summary>
    public Task AddAgainAsync(CancellationToken cancellationToken) => CommitAsync(
        async () => await session.LockedAsync(() => session.Wishes.All.Count, cancellationToken).ConfigureAwait(false) == 0 ? null : () => Holding(ProposalsFor(session.Wishes.All)),
        () => true,
        cancellationToken);

    /// <summary>Takes out the other members that want to leave, as far as nobody has; one that wants to itself does it for the others too.</summary>
    public Task TakeOutAsync(CancellationToken cancellationToken) => CommitAsync(
        async () => await session.LockedAsync(() => session.Head.IsHeld, cancellationToken).ConfigureAwait(false) ? () => Holding() : null,
        () => true,
        cancellationToken,
        alsoWhileLeaving: true);

    /// <summary>After a restart: sends a stored commit that the channel's log does not hold.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await session.CommitTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FinishPendingAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            session.CommitTurn.Release();
        }
    }

    /// <summary>A commit whose caller is gone may stand already: it is finished before another is made in its epoch.</summary>
    private async Task FinishPendingAsync(CancellationToken cancellationToken)
    {
        if (await session.LockedAsync(() => session.Pending, cancellationToken).ConfigureAwait(false) is not { } pending)
            return;
        try
        {
            await SendAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Refusal is not null)
        {
            AgentLog.CommitRefused(session.Context.Logger, session.Id.ToString(), e.Message);
        }
    }

    /// <summary>The proposal that adds an agent, with a KeyPackage that the relay handed out and that was checked.</summary>
    public async Task<Proposal> AddProposalForAsync(AgentId agent, CancellationToken cancellationToken)
    {
        ThrowIfMember(agent);
        var answer = await session.Context.RequestAsync<MemberKeyPackage>(request => new AddMember(request, session.Id, agent), cancellationToken).ConfigureAwait(false);
        return new AddProposal(Validated(answer.IsSuccess ? answer.Value : throw answer.Refusal.ToException(), agent));
    }

    /// <summary>Makes a commit and stores it as pending, before anybody sees it.</summary>
    /// <param name="propose">Asked under the gate: a leaf index means a member in one epoch only. Without proposals: new keys alone.</param>
    /// <param name="alsoWhileLeaving">True for what an agent does that wants to leave: its own wish has to be made anew behind the commit.</param>
    public async Task<PendingCommit> PrepareAsync(Func<CommitRequest> propose, CancellationToken cancellationToken, bool alsoWhileLeaving = false)
    {
        PendingCommit? prepared;
        while ((prepared = await session.LockedAsync(() => Prepare(propose, alsoWhileLeaving), cancellationToken).ConfigureAwait(false)) is null)
            await session.WaitForOrderAsync(cancellationToken).ConfigureAwait(false);
        return prepared;
    }

    /// <summary>Null while the channel stands still.</summary>
    private PendingCommit? Prepare(Func<CommitRequest> propose, bool alsoWhileLeaving)
    {
        if (alsoWhileLeaving)
            session.ThrowIfNoMember();
        else
            session.ThrowIfLeaving();
        if (!session.Trouble.IsOver)
            return null;
        var group = session.Head.Group;
        var asked = propose();
        var request = asked with { References = LeavesBeside(asked.Proposals), Leaf = LeafWithToday(), Lifetimes = Lifetimes.WhenAdding(session.Context.Time.GetUtcNow()) };
        var pending = Commit(group, request);
        using var state = group.SerializePending(pending);
        session.Write(transaction => transaction.PutPending(session.Id, group.Epoch, state));
        return session.Pending = pending;
    }

    /// <param name="propose">Asked for each attempt; answers null when an earlier commit of this agent, whose caller was never told, has done it.</param>
    /// <param name="claim">Called under the gate when the commit stands: the caller is told of it.</param>
    /// <returns>False where no commit was made.</returns>
    private async Task<bool> CommitAsync(Func<Task<Func<CommitRequest>?>> propose, Func<bool> claim, CancellationToken cancellationToken, bool alsoWhileLeaving = false)
    {
        await session.CommitTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await FinishPendingAsync(cancellationToken).ConfigureAwait(false);
            for (var lost = 0; lost < Contention.MaxLost; lost++)
            {
                var epoch = session.Head.Epoch;
                await session.Contention.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
                if (session.Head.Epoch != epoch)
                    continue; // Another's commit won while this one waited.
                if (await propose().ConfigureAwait(false) is not { } proposal)
                    return false;
                if (!await SendAsync(await PrepareAsync(proposal, cancellationToken, alsoWhileLeaving).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
                    continue;
                await session.LockedAsync(claim, CancellationToken.None).ConfigureAwait(false);
                return true;
            }
            throw new SkytaleException(SkytaleError.Refused, $"Other members' commits won {Contention.MaxLost} times in {session.Name}.", "Try again later.", ErrorCode.StaleEpoch);
        }
        finally
        {
            session.CommitTurn.Release();
        }
    }

    /// <summary>True when the commit stands and was merged; false when another commit won its epoch.</summary>
    private async Task<bool> SendAsync(PendingCommit pending, CancellationToken cancellationToken)
    {
        // Where it is not the pending commit any more, the channel has gone on already.
        var turns = await session.LockedAsync(() => ReferenceEquals(session.Pending, pending) ? session.Turns : session.Turns - 1, cancellationToken).ConfigureAwait(false);
        var (commit, groupInfo) = (Tls.Encode(pending.Commit), Tls.Encode(new MlsMessage(pending.GroupInfo)));
        var welcome = pending.Welcome is { } present ? new SendWelcome(Tls.Encode(new MlsMessage(present)).Memory) : null;
        var answer = await session.Context.RequestAsync<Accepted>(
            request => new SendCommit(request, session.Id, commit.Memory, groupInfo.Memory, welcome), cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
        {
            await session.WaitWhileReadAsync(() => session.Received >= answer.Value.Sequence, cancellationToken).ConfigureAwait(false);
            return true;
        }
        await DropAsync(pending, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal.Code != ErrorCode.StaleEpoch)
            throw answer.Refusal.ToException();
        await Sending.WaitForTurnAsync(session, turns, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private PendingCommit Commit(MlsGroup group, CommitRequest request)
    {
        try
        {
            return group.Commit(request, session.Context.Random);
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.Refused, $"The commit cannot be made in {session.Name}: {e.Message}", "Look at the channel's members, then try again.", inner: e);
        }
    }

    private Task<bool> DropAsync(PendingCommit pending, CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            if (!ReferenceEquals(session.Pending, pending))
                return false;
            session.Pending = null;
            session.Write(transaction => transaction.PutPending(session.Id, pending.Epoch, null));
            pending.Dispose();
            return true;
        },
        cancellationToken);

    /// <summary>The head's extensions with another policy; null where it is the same.</summary>
    private ExtensionList? Changed(Func<ChannelPolicy, ChannelPolicy> change)
    {
        var extensions = session.Head.Group.Public.Context.Extensions;
        var policy = ChannelPolicy.In(extensions) ?? throw new SkytaleException(SkytaleError.Refused, $"{session.Name} has no roles: it was made before there were any.", "Make a new channel.", ErrorCode.RoleTooLow);
        var changed = change(policy).Into(extensions);
        return changed.Equals(extensions) ? null : changed;
    }

    private static CommitRequest Holding(params ImmutableArray<Proposal> proposals) => new() { Proposals = proposals };

    private static ImmutableArray<Proposal> ProposalsFor(IReadOnlyList<ReAddingWish> wishes) =>
        [.. wishes.Select(wish => new RemoveProposal(wish.Leaf)), .. wishes.Select(wish => new AddProposal(wish.KeyPackage))];

    private KeyPackage Validated(MemberKeyPackage answer, AgentId agent)
    {
        try
        {
            var keyPackage = Tls.Decode<MlsMessage>(new Opaque(answer.KeyPackage)).KeyPackage ?? throw new MlsException(MlsError.WrongWireFormat, "not a KeyPackage");
            var validated = AgentKeyPackages.Validate(keyPackage, agent, session.Context.Time.GetUtcNow());
            return validated.IsSuccess ? validated.Value.KeyPackage : throw validated.Refusal.ToException();
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The relay's KeyPackage for {agent} is refused: {e.Message}", "Ask the agent to connect again.", inner: e);
        }
    }

    private void ThrowIfMember(AgentId agent)
    {
        if (Leaf(agent) is not null)
            throw new SkytaleException(SkytaleError.AlreadyExists, $"{agent} is a member of {session.Name} already.", "");
    }

    private bool IsLeaving(LeafIndex leaf) => LeaveRules.Leaving(session.Head.Group.Public).Contains(leaf);

    /// <summary>§12.4: the proposals that this agent has received, as far as they go with its own.</summary>
    private ImmutableArray<ProposalRef> LeavesBeside(ImmutableArray<Proposal> proposals)
    {
        var group = session.Head.Group;
        var others = proposals.OfType<RemoveProposal>().Select(remove => remove.Removed).Append(group.OwnLeaf).ToHashSet();
        return [.. group.Proposals.Where(kept => !others.Contains(kept.Sender.Leaf!.Value)).Select(kept => kept.Reference)];
    }

    /// <summary>§7.2: a leaf that an earlier version made says that it does not know leaving; its next commit says that it does.</summary>
    private LeafChange? LeafWithToday()
    {
        var capabilities = session.Head.Group.Public.Tree[session.Head.Group.OwnLeaf]!.Capabilities;
        return capabilities.Supports(ProposalType.SelfRemove) ? null : new LeafChange { Capabilities = capabilities with { Proposals = capabilities.Proposals.Add(ProposalType.SelfRemove) } };
    }

    private LeafIndex? Leaf(AgentId agent)
    {
        foreach (var (index, leaf) in session.Head.Group.Public.Members)
        {
            if (AgentLeaf.Identify(leaf) == agent)
                return index;
        }
        return null;
    }
}
