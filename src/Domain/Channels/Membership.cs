using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Who may see which part of a channel's log; follows from its commits alone. The channel's lock guards it.</summary>
internal sealed class Membership
{
    private readonly Dictionary<AgentId, Stay> _stays = [];

    public bool IsMember(AgentId agent) => _stays.TryGetValue(agent, out var stay) && stay.RemovedAt is null;

    /// <summary>The agent's last stay, ended or not; null when it never was a member.</summary>
    public Stay? LastStayOf(AgentId agent) => _stays.GetValueOrDefault(agent);

    public void Enter(AgentId agent, Sequence after) => _stays[agent] = new Stay(after);

    public void Leave(AgentId agent, Sequence at) => _stays[agent].EndAt(at);
}
