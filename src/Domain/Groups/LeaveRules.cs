using Skytale.Groups.Roles;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Groups;

/// <summary>
/// Who may leave a service channel, and by what: judged alike by the member before it asks, by the relay before the proposal gets
/// its place, and by every member that is delivered it. RFC 9420's own rules are checked when the proposal is kept.
/// </summary>
public static class LeaveRules
{
    /// <summary>Why the message is not a member's leaving, or the member may not leave now; null: it may.</summary>
    /// <param name="group">The group in the proposal's epoch, with the proposals that came before.</param>
    /// <returns><see cref="ErrorCode.InvalidProposal"/>, <see cref="ErrorCode.OwnerNeeded"/>.</returns>
    public static Refusal? Judge(PublicGroup group, PublicMessage message)
    {
        // §12.4 obliges whoever sees a proposal to commit before it sends: so nobody proposes anything else.
        if (message.Content is not { Body: ProposalBody { Proposal: SelfRemoveProposal }, Sender: { Type: SenderType.Member, Leaf: { } leaf } })
            return Invalid("of a channel's proposals a member's own leaving alone is sent by itself");
        if (message.Content.AuthenticatedData.Length > 0)
            return Invalid("it has no authenticated_data");
        return group.Tree[leaf] is null ? Invalid($"leaf {leaf} is blank") : Judge(group, leaf);
    }

    /// <summary>Why a member may not leave now; null: it may.</summary>
    public static Refusal? Judge(PublicGroup group, LeafIndex leaver)
    {
        foreach (var (index, leaf) in group.Members)
        {
            // §12.2: whoever processes the commit supports its proposals' types.
            if (index != leaver && !leaf.Capabilities.Supports(ProposalType.SelfRemove))
                return Invalid($"{AgentLeaf.Named(leaf.Credential)} joined with a version that does not know leaving, and has not renewed its keys since");
        }
        return RoleRules.JudgeLeaving(group, leaver);
    }

    /// <summary>The leaves of the members that have asked to leave in this epoch, in the order in which they did.</summary>
    public static IEnumerable<LeafIndex> Leaving(PublicGroup group) => Leaving(group.Proposals.Select(kept => (kept.Proposal, kept.Sender)));

    /// <summary>The leaves whose own leaving a commit carries out.</summary>
    public static IEnumerable<LeafIndex> Leaving(StagedPublicCommit commit) => Leaving(commit.Proposals.Select(resolved => (resolved.Proposal, resolved.Sender)));

    /// <summary>The members whose own leaving a commit carries out.</summary>
    public static IEnumerable<AgentId> LeftBy(StagedPublicCommit commit)
    {
        var leaving = Leaving(commit).ToHashSet();
        return commit.Removed.Where(member => leaving.Contains(member.Index)).Select(member => AgentLeaf.Named(member.Leaf.Credential)!.Value);
    }

    /// <summary>The same of a commit that is not staged, as far as the group knows the proposals that it names.</summary>
    /// <param name="group">The group in the commit's epoch.</param>
    public static IEnumerable<AgentId> LeftBy(PublicGroup group, MlsMessage commit)
    {
        var named = commit.PublicMessage?.Content.Body is CommitBody body ? body.Commit.Proposals.OfType<ProposalByReference>().Select(proposal => proposal.Reference).ToHashSet() : [];
        var leaving = Leaving(group.Proposals.Where(kept => named.Contains(kept.Reference)).Select(kept => (kept.Proposal, kept.Sender)));
        return leaving.Select(leaf => AgentLeaf.Named(group.Tree[leaf]!.Credential)!.Value);
    }

    private static IEnumerable<LeafIndex> Leaving(IEnumerable<(Proposal Proposal, Sender Sender)> proposals) =>
        proposals.Where(sent => sent.Proposal is SelfRemoveProposal).Select(sent => sent.Sender.Leaf!.Value);

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidProposal, $"The proposal to leave is refused: {why}.");
}
