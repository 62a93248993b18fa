using Skytale.Groups;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>
/// Whom this agent's own commits added and removed while nobody waited for them any more: the connection was lost, or the
/// caller gave up. Who asks for the same again is told that it is done, not that it cannot be. Used under the session's gate.
/// </summary>
internal sealed class OwnChanges
{
    private readonly Dictionary<AgentId, bool> _isMember = [];

    /// <summary>A commit of this agent led from one epoch to the next.</summary>
    public void Record(PublicGroup before, PublicGroup after)
    {
        var (old, young) = (AgentsIn(before), AgentsIn(after));
        foreach (var agent in young.Except(old))
            _isMember[agent] = true;
        foreach (var agent in old.Except(young))
            _isMember[agent] = false;
    }

    /// <summary>True once when this agent's commit brought it about and it is so still.</summary>
    /// <param name="isMember">What is wished: that the agent is a member, or that it is not.</param>
    /// <param name="isSo">Whether it is so now.</param>
    public bool Claim(AgentId agent, bool isMember, bool isSo) => _isMember.Remove(agent, out var was) && was == isMember && isSo;

    /// <summary>The members of an epoch.</summary>
    public static HashSet<AgentId> AgentsIn(PublicGroup group) => [.. group.Members.Select(member => AgentLeaf.Named(member.Leaf.Credential)!.Value)];
}
