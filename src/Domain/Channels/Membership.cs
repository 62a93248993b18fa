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

    /// <summary>Agents whose last stay began at this commit or a later one.</summary>
    public IEnumerable<AgentId> JoinedSince(Sequence commit) => _stays.Where(stay => stay.Value.JoinedAfter >= commit).Select(stay => stay.Key);

    /// <summary>As they were before, acknowledgements kept; who has become a member since is told of it, up to here.</summary>
    public Membership Restore(ImmutableArray<StoredStay> before, Sequence last)
    {
        var restored = Of(before, _stays.ToDictionary(stay => stay.Key, stay => stay.Value.Acknowledged));
        foreach (var (agent, stay) in _stays.Where(stay => !restored.IsMember(stay.Key) && (stay.Value.RemovedAt is null || !restored._stays.ContainsKey(stay.Key))))
            restored._stays[agent] = new Stay(stay.JoinedAfter, stay.RemovedAt ?? last, stay.Acknowledged);
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

    /// <summary>
    /// The place up to which nobody has to be waited for: the least of the acknowledgements of members; of those whom a commit from
    /// <paramref name="mayReturnFrom"/> on has removed, who may be members again; and of those removed from
    /// <paramref name="mayReadFrom"/> on who have not yet read what stands before their removal.
    /// </summary>
    public Sequence AcknowledgedByAll(Sequence last, Sequence mayReturnFrom, Sequence mayReadFrom)
    {
        foreach (var stay in _stays.Values)
        {
            var isWaitedFor = stay.RemovedAt is not { } removed
                || removed >= mayReturnFrom
                || (removed >= mayReadFrom && stay.Acknowledged.Next < removed);
            if (isWaitedFor && stay.Acknowledged < last)
                last = stay.Acknowledged;
        }
        return last;
    }
}
