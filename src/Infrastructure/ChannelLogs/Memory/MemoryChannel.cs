using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Memory;

/// <summary>One channel in memory. The log's lock guards it.</summary>
internal sealed class MemoryChannel(ChannelRecord record, ReadOnlyMemory<byte> state)
{
    private readonly SortedList<ulong, LogEntry> _entries = [];
    private readonly Dictionary<(AgentId Sender, MessageId Id), Sequence> _messages = [];
    private readonly Dictionary<Epoch, CommitEntry> _commits = [];
    private readonly Dictionary<Sequence, ReadOnlyMemory<byte>> _before = [];
    private readonly Dictionary<AgentId, Sequence> _acknowledged = [];
    private ReadOnlyMemory<byte> _state = state;
    private Epoch _epoch;
    private Sequence _last;
    private Sequence _messagesTrimmed;
    private Sequence _commitsTrimmed;
    private long _bytes;

    public ChannelRecord Record { get; } = record;

    public ChannelLogException? Judge(LogEntry entry) => entry.Sequence != _last.Next || entry.Epoch != _epoch
        ? new ChannelLogException(ChannelLogError.Conflict, $"The channel's newest entry is {_last} in epoch {_epoch}; {entry.Sequence} of epoch {entry.Epoch} does not follow.")
        : null;

    public void Append(LogEntry entry, GroupChange? change)
    {
        _entries.Add(entry.Sequence.Value, entry);
        _last = entry.Sequence;
        _bytes += entry.Encoded.Length;
        if (entry is MessageEntry message)
            _messages.Add((message.Sender, message.MessageId), message.Sequence);
        if (entry is CommitEntry commit)
            _commits.Add(commit.Epoch, commit);
        if (change is null)
            return;
        _state = change.State;
        _epoch = GroupChange.EpochBehind(entry, change);
        if (change.Voids is { } voids)
            Forget(voids);
        foreach (var place in _before.Keys.Where(place => place < change.KeptFrom).ToList())
            _before.Remove(place);
        if (change.Before is { } before)
            _before.Add(entry.Sequence, before);
    }

    public StoredChannel ToStored() =>
        new(Record, _epoch, _last, _messagesTrimmed, _commitsTrimmed, _bytes, _state, new Dictionary<AgentId, Sequence>(_acknowledged));

    public IReadOnlyList<LogEntry> Read(Sequence after, int maxBytes)
    {
        var entries = new List<LogEntry>();
        long bytes = 0;
        for (var i = FirstBehind(after); i < _entries.Count; i++)
        {
            var entry = _entries.Values[i];
            bytes += entry.Encoded.Length;
            if (entries.Count > 0 && bytes > maxBytes)
                break;
            entries.Add(entry);
        }
        return entries;
    }

    public Sequence? FindMessage(AgentId sender, MessageId id) => _messages.TryGetValue((sender, id), out var sequence) ? sequence : null;

    public CommitEntry? FindCommit(Epoch epoch) => _commits.GetValueOrDefault(epoch);

    public byte[]? ReadBefore(Sequence commit) => _before.TryGetValue(commit, out var before) ? before.ToArray() : null;

    public bool Acknowledge(IReadOnlyDictionary<AgentId, Sequence> acknowledged)
    {
        foreach (var (agent, sequence) in acknowledged)
        {
            if (!_acknowledged.TryGetValue(agent, out var before) || before < sequence)
                _acknowledged[agent] = sequence;
        }
        return true;
    }

    public long Trim(Sequence messages, Sequence commits)
    {
        var before = _bytes;
        messages = messages < _last ? messages : _last;
        var newest = _entries.Values.Where(entry => entry is not MessageEntry).Select(entry => entry.Sequence.Value).DefaultIfEmpty().Max();
        commits = commits.Value < newest ? commits : new Sequence(newest == 0 ? 0 : newest - 1);
        foreach (var entry in _entries.Values.Where(entry => entry.Sequence <= (entry is MessageEntry ? messages : commits)).ToList())
        {
            _entries.Remove(entry.Sequence.Value);
            _bytes -= entry.Encoded.Length;
            if (entry is MessageEntry message)
                Forget(message);
            if (entry is CommitEntry commit)
                Forget(commit);
        }
        _messagesTrimmed = messages > _messagesTrimmed ? messages : _messagesTrimmed;
        _commitsTrimmed = commits > _commitsTrimmed ? commits : _commitsTrimmed;
        return before - _bytes;
    }

    private void Forget(VoidedEntries voids)
    {
        foreach (var entry in _entries.Values.Where(entry => entry.Sequence >= voids.From).ToList())
        {
            if (entry is MessageEntry message)
                Forget(message);
            if (entry is CommitEntry commit)
                Forget(commit);
            _before.Remove(entry.Sequence);
        }
    }

    // A voided one's id or epoch may be another's by now.
    private void Forget(MessageEntry message)
    {
        if (_messages.TryGetValue((message.Sender, message.MessageId), out var place) && place == message.Sequence)
            _messages.Remove((message.Sender, message.MessageId));
    }

    private void Forget(CommitEntry commit)
    {
        if (_commits.TryGetValue(commit.Epoch, out var place) && place.Sequence == commit.Sequence)
            _commits.Remove(commit.Epoch);
    }

    private int FirstBehind(Sequence after)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries.Keys[middle] <= after.Value)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
