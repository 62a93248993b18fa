namespace Skytale.Chaos.Checking;

/// <summary>
/// One channel as its agents tell it, and what is wrong with that. Agents tell in any order among each other; what one tells
/// is in its own order.
/// </summary>
/// <param name="name">The channel.</param>
/// <param name="counts">Where everything is counted.</param>
/// <param name="complain">Told what is wrong, in words.</param>
internal sealed class ChannelLedger(string name, Counts counts, Action<string> complain)
{
    private readonly SortedDictionary<ulong, Entry> _entries = [];
    private readonly Dictionary<(string Sender, ulong Number), string> _sent = [];
    private readonly Dictionary<(string Sender, ulong Number), ulong> _places = [];
    private readonly Dictionary<(string Sender, string Key), ulong> _keys = [];
    private readonly Dictionary<string, List<Stay>> _stays = [];
    private readonly Dictionary<string, ulong> _lastOf = [];
    private ulong _settled;

    public void Sending(string agent, ulong number, string hash) => _sent.Add((agent, number), hash);

    public void Accepted(string agent, ulong number, ulong sequence)
    {
        counts.Accepted++;
        if (Place(sequence, agent, number) is { } entry)
            entry.IsAccepted = true;
    }

    public void Joined(string agent, ulong sequence)
    {
        var stays = StaysOf(agent);
        if (stays.Count > 0 && stays[^1].JoinedAt == sequence)
            return; // A process that took another's place in it.
        Left(agent);
        stays.Add(new Stay(sequence));
    }

    /// <summary>The agent is not in the channel, and was killed before it had told where it was removed.</summary>
    public void Left(string agent)
    {
        if (StaysOf(agent) is [.., var stay])
            stay.RemovedAt ??= stay.Shown + 1;
    }

    public void Removed(string agent, ulong sequence) => StaysOf(agent)[^1].RemovedAt = sequence;

    public void Shown(string agent, ulong sequence, string sender, ulong number, string hash, bool redelivered)
    {
        counts.Shown++;
        if (StaysOf(agent).LastOrDefault(stay => sequence > stay.JoinedAt) is not { } stay)
        {
            Count(() => counts.Altered++, $"{agent} was shown {sequence} and is no member there");
            return;
        }
        if (sequence <= stay.Acknowledged)
            Count(() => counts.ShownAgain++, $"{agent} was shown {sequence} again and had acknowledged {stay.Acknowledged}");
        else if (sequence < stay.Shown)
            Count(() => counts.Reordered++, $"{agent} was shown {sequence} behind {stay.Shown}");
        else if (sequence == stay.Shown && !redelivered)
            Count(() => counts.Unmarked++, $"{agent} was shown {sequence} again and not told so");
        if (redelivered)
            counts.Redelivered++;
        // Whoever is shown the next has acknowledged the one before.
        stay.Acknowledged = Math.Max(stay.Acknowledged, sequence > stay.Shown ? stay.Shown : 0);
        stay.Shown = Math.Max(stay.Shown, sequence);
        if (Place(sequence, sender, number) is { } entry)
            entry.ShownTo[agent] = hash;
    }

    /// <summary>A sender's key, by its epoch's transcript and its generation there, as the sender data of the ciphertext says it (RFC 9420 §6.3.2).</summary>
    public void Encrypted(string sender, ulong sequence, string key)
    {
        if (!_keys.TryAdd((sender, key), sequence) && _keys[(sender, key)] != sequence)
            Count(() => counts.KeysReused++, $"{sender}'s {sequence} and {_keys[(sender, key)]} were encrypted under one key: {key}");
    }

    public void Acknowledged(string agent, ulong sequence)
    {
        var stay = StaysOf(agent)[^1];
        stay.Acknowledged = Math.Max(stay.Acknowledged, sequence);
    }

    /// <summary>True when every message that anybody knows of was shown to every member.</summary>
    public bool IsComplete => _entries.All(entry => !MissedBy(entry.Key, entry.Value).Any());

    /// <summary>Counts what is missing, and forgets what is done with.</summary>
    public void Settle()
    {
        foreach (var (sequence, entry) in _entries)
        {
            // Not before: a sender may be heard after those who were shown what it sent.
            foreach (var (agent, hash) in entry.ShownTo.Where(shown => _sent.GetValueOrDefault((entry.Sender, entry.Number)) != shown.Value))
                Count(() => counts.Altered++, $"{agent} was shown {sequence}, {entry.Sender}'s {entry.Number}, as {hash}, which {entry.Sender} did not send");
            foreach (var agent in MissedBy(sequence, entry))
                Count(() => counts.Lost++, $"{agent} was not shown {sequence}, {entry.Sender}'s {entry.Number}{(entry.IsAccepted ? ", which was accepted" : "")}");
            if (_lastOf.TryGetValue(entry.Sender, out var before) && before >= entry.Number)
                Count(() => counts.Reordered++, $"{sequence} is {entry.Sender}'s {entry.Number} and stands behind its {before}");
            _lastOf[entry.Sender] = entry.Number;
            _settled = sequence;
        }
        _entries.Clear();
    }

    private IEnumerable<string> MissedBy(ulong sequence, Entry entry) => _stays
        .Where(agent => agent.Key != entry.Sender && !entry.ShownTo.ContainsKey(agent.Key) && agent.Value.Any(stay => stay.Covers(sequence)))
        .Select(agent => agent.Key);

    /// <summary>The entry of a place; null where it was settled, or is another message's by another's account.</summary>
    private Entry? Place(ulong sequence, string sender, ulong number)
    {
        if (!_places.TryAdd((sender, number), sequence) && _places[(sender, number)] != sequence)
        {
            Count(() => counts.Doubled++, $"{sender}'s {number} stands at {sequence} and at {_places[(sender, number)]}");
            return null;
        }
        if (sequence <= _settled)
            return null;
        if (!_entries.TryGetValue(sequence, out var entry))
            return _entries[sequence] = new Entry(sender, number);
        if ((entry.Sender, entry.Number) == (sender, number))
            return entry;
        Count(() => counts.Reordered++, $"{sequence} is {sender}'s {number} for one and {entry.Sender}'s {entry.Number} for another");
        return null;
    }

    private List<Stay> StaysOf(string agent) => _stays.TryGetValue(agent, out var stays) ? stays : _stays[agent] = [];

    private void Count(Action count, string complaint)
    {
        count();
        complain($"{name}: {complaint}");
    }
}
