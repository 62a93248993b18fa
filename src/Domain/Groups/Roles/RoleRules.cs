using Skytale.Mls;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Groups.Roles;

/// <summary>
/// What the committer's role allows, for every proposal of a commit, judged by the policy of the epoch that it ends; also a change of
/// that policy.
/// </summary>
public static class RoleRules
{
    /// <summary>Why the commit is more than its committer may do, or null.</summary>
    public static Refusal? Judge(PublicGroup group, StagedPublicCommit commit)
    {
        if (ChannelPolicy.In(group.Context.Extensions) is not { } policy)
            return commit.Proposals.Any(IsChange) ? Refused("this channel has no roles: it was made before there were any") : null;
        var role = policy.RoleOf(AgentOf(group.Tree[commit.Committer]!));
        var added = commit.Added.Select(member => AgentOf(member.KeyPackage.LeafNode)).ToHashSet();
        var removed = commit.Removed.Select(member => AgentOf(member.Leaf)).Except(LeaveRules.LeftBy(commit)).ToHashSet();
        // Who is removed and added by one commit is added again, which any member does for any other.
        var (entering, leaving) = (added.Except(removed), removed.Except(added));
        foreach (var agent in entering)
        {
            // A role that was left behind by an earlier stay would come back with its agent.
            if (policy.RoleOf(agent) > ChannelRole.Member && role < ChannelRole.Owner)
                return Needs(ChannelRole.Owner, $"add {agent}, who had a role");
            if (JudgeAdding(policy, role) is { } refusal)
                return refusal;
        }
        foreach (var agent in leaving)
        {
            var needed = (ChannelRole)Math.Max((byte)policy.Permissions.Remove, (byte)policy.RoleOf(agent));
            if (role < needed)
                return Needs(needed, $"remove {agent}");
        }
        if (commit.Proposals.Any(IsChange))
            return JudgeChange(group.Context.Extensions, commit, role);
        return LeaveRules.Leaving(commit).Any() && LosesOwner(policy, group, Agents(commit.NewTree)) ? Invalid("a channel keeps an owner") : null;
    }

    /// <summary>Why a member may not leave now, or null: others need an owner that stays, whoever is alone needs nobody.</summary>
    /// <param name="group">With the proposals of those who leave already.</param>
    public static Refusal? JudgeLeaving(PublicGroup group, LeafIndex leaver)
    {
        var going = LeaveRules.Leaving(group).Append(leaver).ToHashSet();
        var staying = group.Members.Where(member => !going.Contains(member.Index)).Select(member => AgentOf(member.Leaf));
        return group.Members.Count() > 1 && ChannelPolicy.In(group.Context.Extensions) is { } policy && LosesOwner(policy, group, staying)
            ? new Refusal(ErrorCode.OwnerNeeded, "No owner of the channel would be left to its other members.")
            : null;
    }

    /// <summary>Why an agent may not add others to a channel with these extensions, or null.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidExtension"/>.</exception>
    public static Refusal? JudgeAdding(ExtensionList extensions, AgentId agent) =>
        ChannelPolicy.In(extensions) is { } policy ? JudgeAdding(policy, policy.RoleOf(agent)) : null;

    private static Refusal? JudgeAdding(ChannelPolicy policy, ChannelRole role) => role < policy.Permissions.Add ? Needs(policy.Permissions.Add, "add agents") : null;

    private static Refusal? JudgeChange(ExtensionList before, StagedPublicCommit commit, ChannelRole role)
    {
        if (role < ChannelRole.Owner)
            return Needs(ChannelRole.Owner, "change roles and permissions");
        try
        {
            if (ChannelPolicy.In(commit.NewContext.Extensions) is not { } after || !Others(before).SequenceEqual(Others(commit.NewContext.Extensions)))
                return Invalid("of the GroupContext's extensions the policy alone may change");
            return KeepsOwner(after, Agents(commit.NewTree)) ? null : Invalid("a channel keeps an owner");
        }
        catch (MlsException broken)
        {
            return Invalid($"its policy is none: {broken.Message}");
        }
    }

    private static bool LosesOwner(ChannelPolicy policy, PublicGroup before, IEnumerable<AgentId> after) => KeepsOwner(policy, Agents(before.Tree)) && !KeepsOwner(policy, after);

    private static bool KeepsOwner(ChannelPolicy policy, IEnumerable<AgentId> members) => policy.Owners.Intersect(members).Any();

    private static IEnumerable<AgentId> Agents(RatchetTree tree) => tree.Leaves.Select(leaf => AgentOf(leaf.Leaf));

    private static bool IsChange(ResolvedProposal proposal) => proposal.Proposal is GroupContextExtensionsProposal;

    private static IEnumerable<Extension> Others(ExtensionList extensions) => extensions.All.Where(extension => extension.Type != ChannelPolicy.Type);

    // The tree's leaves were judged before (CommitRules.JudgeTree).
    private static AgentId AgentOf(LeafNode leaf) => AgentLeaf.Identify(leaf) ?? throw new InvalidOperationException("A leaf that is no agent's passed the rules.");

    private static Refusal Needs(ChannelRole role, string what) => Refused($"to {what} takes the role '{role.ToString().ToLowerInvariant()}'");

    private static Refusal Refused(string why) => new(ErrorCode.RoleTooLow, $"This is more than the agent's role in the channel allows: {why}.");

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidCommit, $"The commit is refused: {why}.");
}
