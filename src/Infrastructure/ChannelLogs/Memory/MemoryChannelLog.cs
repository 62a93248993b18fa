using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Memory;

/// <summary>Every channel in memory, for as long as the process lives: for tests, and for a relay that need not outlive itself.</summary>
public sealed class MemoryChannelLog : IChannelLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, MemoryChannel> _channels = [];
    private readonly HashSet<ChannelName> _names = [];
    private readonly Dictionary<AgentId, HashSet<ChannelId>> _memberships = [];
    private readonly Dictionary<AgentId, Dictionary<ChannelId, WaitingWelcome>> _welcomes = [];

    public Task<ChannelCreation> CreateAsync(ChannelRecord record, ReadOnlyMemory<byte> state)
    {
        lock (_gate)
        {
            if (_channels.ContainsKey(record.Id))
                return Task.FromResult(ChannelCreation.IdTaken);
            if (!_names.Add(record.Name))
                return Task.FromResult(ChannelCreation.NameTaken);
            _channels.Add(record.Id, new MemoryChannel(record, state));
            MembershipsOf(record.Creator).Add(record.Id);
            return Task.FromResult(ChannelCreation.Created);
        }
    }

    public Task AppendAsync(ChannelId channel, LogEntry entry, GroupChange? change = null)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var found))
                return Task.FromException(new ChannelLogException(ChannelLogError.Conflict, "There is no such channel."));
            if (found.Judge(entry) is { } conflict)
                return Task.FromException(conflict);
            found.Append(entry, change);
            if (change is not null)
                Change(found.Record, entry.Sequence, change);
            return Task.CompletedTask;
        }
    }

    public Task<StoredChannel?> LoadAsync(ChannelId channel) => Look(channel, found => found.ToStored(), null);

    public Task<IReadOnlyList<LogEntry>> ReadAsync(ChannelId channel, Sequence after, int maxBytes) =>
        Look(channel, found => found.Read(after, maxBytes), []);

    public Task<Sequence?> FindMessageAsync(ChannelId channel, AgentId sender, MessageId id) => Look(channel, found => found.FindMessage(sender, id), null);

    public Task<CommitEntry?> FindCommitAsync(ChannelId channel, Epoch epoch) => Look(channel, found => found.FindCommit(epoch), null);

    public Task<byte[]?> ReadBeforeAsync(ChannelId channel, Sequence commit) => Look(channel, found => found.ReadBefore(commit), null);

    public Task AcknowledgeAsync(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged) =>
        Look(channel, found => found.Acknowledge(acknowledged), false);

    public Task<long> TrimAsync(ChannelId channel, Sequence messages, Sequence commits) => Look(channel, found => found.Trim(messages, commits), 0);

    public Task<IReadOnlyList<ChannelId>> ReadChannelsAsync(AgentId agent)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ChannelId>>(_memberships.TryGetValue(agent, out var channels) ? [.. channels] : []);
    }

    public Task<IReadOnlyList<ChannelId>> ReadIdsAsync(ChannelId? after, int most)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ChannelId>>(
                [.. _channels.Keys.Where(id => after is null || Compare(id, after.Value) > 0).Order(Comparer<ChannelId>.Create(Compare)).Take(most)]);

        static int Compare(ChannelId left, ChannelId right) => left.Bytes.Span.SequenceCompareTo(right.Bytes.Span);
    }

    public Task<AgentLoad> ReadLoadAsync(AgentId agent)
    {
        lock (_gate)
            return Task.FromResult(new AgentLoad(_memberships.GetValueOrDefault(agent)?.Count ?? 0, _welcomes.GetValueOrDefault(agent)?.Count ?? 0));
    }

    public Task<IReadOnlyList<WaitingWelcome>> ReadWelcomesAsync(AgentId agent)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<WaitingWelcome>>(_welcomes.TryGetValue(agent, out var waiting) ? [.. waiting.Values] : []);
    }

    public Task RemoveWelcomeAsync(AgentId agent, ChannelId channel, Sequence sequence)
    {
        lock (_gate)
        {
            if (_welcomes.TryGetValue(agent, out var waiting) && waiting.TryGetValue(channel, out var welcome) && welcome.Sequence == sequence)
                waiting.Remove(channel);
            return Task.CompletedTask;
        }
    }

    public Task ProbeAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Look<T>(ChannelId channel, Func<MemoryChannel, T> look, T nothing)
    {
        lock (_gate)
            return Task.FromResult(_channels.TryGetValue(channel, out var found) ? look(found) : nothing);
    }

    private void Change(ChannelRecord record, Sequence commit, GroupChange change)
    {
        foreach (var agent in change.Removed)
            MembershipsOf(agent).Remove(record.Id);
        foreach (var agent in change.Voids?.Joined ?? [])
        {
            if (_welcomes.TryGetValue(agent, out var theirs) && theirs.TryGetValue(record.Id, out var voided) && voided.Sequence >= change.Voids!.From)
                theirs.Remove(record.Id);
        }
        foreach (var agent in change.Added)
        {
            MembershipsOf(agent).Add(record.Id);
            if (!_welcomes.TryGetValue(agent, out var waiting))
                _welcomes.Add(agent, waiting = []);
            if (change.Welcome is { } welcome)
                waiting[record.Id] = new WaitingWelcome(record.Id, record.Name, commit, welcome);
        }
    }

    private HashSet<ChannelId> MembershipsOf(AgentId agent)
    {
        if (!_memberships.TryGetValue(agent, out var channels))
            _memberships.Add(agent, channels = []);
        return channels;
    }
}
