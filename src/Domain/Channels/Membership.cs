using System.Collections.Immutable;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Who may see which part of a channel's order; follows from its commits alone. The channel's caller guards it.</summary>
internal sealed class Membership
{
    private readonly Dictionary<AgentId, Stay> _stays = [];

    public IEnumerable<AgentId> Current => _stays.Where(stay => stay.Value.RemovedAt is null).Select(stay => stay.Key);

    public static Membership Of(ImmutableArray<StoredStay> stays, IReadOnlyDictionary<AgentId, Sequence> acknowledged)
    {
        var members = new Membership();
        foreach (var stored in stays)
            members._stays.Add(stored.Agent, new Stay(stored.JoinedAfter, stored.RemovedAt, acknowledged.GetValueOrDefault(stored.Agent)));
        return members;
    }

    public ImmutableArray<StoredStay> ToStored() => [.. _stays.Select(stay => new StoredStay(stay.Key, stay.Value.JoinedAfter, stay.Value.RemovedAt))];

    public bool IsMember(AgentId agent) => _stays.TryGetValue(agent, out var stay) && stay.RemovedAt is null;

    /// <summary>The agent's last stay, ended or not; null when it never was a member.</summary>
    public Stay? LastStayOf(AgentId agent) => _stays.GetValueOrDefault(agent);

    /// <summary>As they were before, acknowledgements kept; who has become a member since stays to be told of it, up to here.</summary>
    public Membership Restore(ImmutableArray<StoredStay> before, Sequence last)
    {
        var restored = Of(before, _stays.ToDictionary(stay => stay.Key, stay => stay.Value.Acknowledged));
        foreach (var agent in Current.Where(agent => !restored.IsMember(agent)))
            restored._stays[agent] = new Stay(_stays[agent].JoinedAfter, last, _stays[agent].Acknowledged);
        return restored;
    }

    public void Enter(AgentId agent, Sequence after) => _stays[agent] = new Stay(after);

    public void Leave(AgentId agent, Sequence at) => _stays[agent].EndAt(at);

    public IReadOnlyDictionary<AgentId, Sequence> TakeAcknowledged()
    {
        var taken = new Dictionary<AgentId, Sequence>();
        foreach (var (agent, stay) in _stays)
        {
            if (stay.TakeAcknowledged() is { } sequence)
                taken.Add(agent, sequence);
        }
        return taken;
    }

    /// <summary>The least of the members' acknowledgements; the end of the order where nobody is left.</summary>
    public Sequence AcknowledgedByAll(Sequence last)
    {
        foreach (var stay in _stays.Values)
        {
            if (stay.RemovedAt is null && stay.Acknowledged < last)
                last = stay.Acknowledged;
        }
        return last;
    }
}
