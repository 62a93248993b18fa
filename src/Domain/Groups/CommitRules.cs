using Skytale.Groups.Invitations;
using Skytale.Groups.Roles;
using Skytale.Mls;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Groups;

/// <summary>
/// Who may commit what in a service channel: one pure function of the agreed state of the epoch and the commit, the same
/// at the relay and at every member. RFC 9420's own rules were checked before, when the commit was staged.
/// </summary>
public static class CommitRules
{
    /// <summary>Why the commit is not to be merged, or null.</summary>
    /// <param name="group">The group in the epoch that the commit is for.</param>
    /// <param name="commit">What it leads to.</param>
    public static Refusal? Judge(PublicGroup group, StagedPublicCommit commit)
    {
        // Who gets hold of an old init key and a stored Welcome reads only until the first path.
        if (!commit.HasPath)
            return Invalid("every commit of a channel renews its committer's path");
        foreach (var proposal in commit.Proposals)
        {
            // Never the committer's own (§12.2), so it was sent by itself, and judged then (LeaveRules).
            if (proposal.Proposal is SelfRemoveProposal)
                continue;
            if (proposal.Proposal is not (AddProposal or RemoveProposal or GroupContextExtensionsProposal))
                return Invalid($"a channel's commits add and remove members and change its policy, this one holds a proposal of type {(ushort)proposal.Proposal.Type}");
            if (proposal.Sender.Leaf != commit.Committer)
                return Invalid("a channel's commits hold the committer's own proposals");
        }
        return JudgeAdmission(commit) ?? JudgeLeaves(group.Tree[commit.Committer], commit) ?? RoleRules.Judge(group, commit);
    }

    /// <summary>Why the tree is not a channel's, or null: each leaf is an agent's, each agent has one.</summary>
    public static Refusal? JudgeTree(RatchetTree tree)
    {
        var agents = new HashSet<AgentId>();
        foreach (var (index, leaf) in tree.Leaves)
        {
            if (AgentLeaf.Identify(leaf) is not { } agent)
                return Invalid($"leaf {index} has a credential that is not the did:key of its signature key");
            if (!agents.Add(agent))
                return Invalid($"{agent} has more than one leaf");
        }
        return null;
    }

    // One joiner a commit: so it is plain who has used the invitation.
    private static Refusal? JudgeAdmission(StagedPublicCommit commit)
    {
        try
        {
            return Admission.In(commit.AuthenticatedData) is null || (commit.Added.Length == 1 && !commit.Proposals.Any(proposal => proposal.Proposal is RemoveProposal))
                ? null
                : Invalid("one that names an invitation adds one member and removes none");
        }
        catch (MlsException broken)
        {
            return Invalid($"its authenticated_data is no admission: {broken.Message}");
        }
    }

    // §5.3.1: neither credential nor key changes while the leaf lives.
    private static Refusal? JudgeLeaves(LeafNode? before, StagedPublicCommit commit)
    {
        var after = commit.NewTree[commit.Committer];
        if (before is null || after is null || before.SignatureKey != after.SignatureKey || before.Credential != after.Credential)
            return Invalid("a path may not change its committer's credential or signature key");
        return JudgeTree(commit.NewTree);
    }

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidCommit, $"The commit is refused: {why}.");
}
