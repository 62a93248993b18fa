using RocksDbSharp;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded.Operations;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>
/// Every channel in one folder on this machine's disk, in RocksDB (docs/adr/0005). Writes of all channels share waits for the
/// disk; reads run on the caller's thread.
/// </summary>
public sealed class EmbeddedChannelLog : IChannelLog
{
    private readonly AgentKeys _agents = new();
    private readonly RocksStore _store;
    private readonly LogWriter _writer;
    private bool _isDisposed;

    /// <param name="folder">The log's own; made where it is missing. One process at a time.</param>
    /// <exception cref="ChannelLogException">It cannot be opened: another process has it, or the disk does not give it.</exception>
    public EmbeddedChannelLog(string folder, TimeProvider? time = null)
    {
        _store = new RocksStore(folder, time ?? TimeProvider.System);
        _writer = new LogWriter(_store, _agents);
    }

    public async Task<ChannelCreation> CreateAsync(ChannelRecord record, ReadOnlyMemory<byte> state)
    {
        var operation = new CreateOperation(record, state);
        await _writer.RunAsync(operation);
        return operation.Outcome;
    }

    public Task AppendAsync(ChannelId channel, LogEntry entry, GroupChange? change = null) => _writer.RunAsync(new AppendOperation(channel, entry, change));

    public Task<StoredChannel?> LoadAsync(ChannelId channel) => Read(database =>
    {
        if (database.Get(Keys.Record(channel)) is not { } record || database.Get(Keys.State(channel)) is not { } state || ChannelTail.Find(database, channel) is not { } tail)
            return null;
        var trim = StoredTrim.Read(database.Get(Keys.Trim(channel)));
        var acknowledged = Under(database, Keys.Prefix('k', channel.Bytes.Span), (key, value) => KeyValuePair.Create(_agents.AgentOf(key.AsSpan()[^Keys.AgentSize..]), StoredSequence.Read(value)));
        return new StoredChannel(
            StoredRecord.Read(channel, record), tail.Epoch, tail.Last, trim.Messages, trim.Commits, (long)(tail.Total - trim.Bytes),
            StoredState.Read(state).State, new Dictionary<AgentId, Sequence>(acknowledged));
    });

    public Task<IReadOnlyList<LogEntry>> ReadAsync(ChannelId channel, Sequence after, int maxBytes) =>
        Read(database => EntryReader.Read(database, channel, after, maxBytes, _agents));

    public Task<Sequence?> FindMessageAsync(ChannelId channel, AgentId sender, MessageId id) =>
        Read(database => Standing(database, channel, Keys.MessageIndex(channel, _agents.KeyOf(sender), id)));

    public Task<CommitEntry?> FindCommitAsync(ChannelId channel, Epoch epoch) => Read(database =>
    {
        if (Standing(database, channel, Keys.Ended(channel, epoch)) is not { } place)
            return null;
        return database.Get(Keys.Commit(channel, place)) is { } value ? StoredEntry.ReadCommit(place, value, _agents) as CommitEntry : null;
    });

    public Task<byte[]?> ReadBeforeAsync(ChannelId channel, Sequence commit) => Read<byte[]?>(database => database.Get(Keys.Before(channel, commit)));

    public Task AcknowledgeAsync(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged) =>
        _writer.RunAsync(new AcknowledgeOperation(channel, acknowledged));

    public async Task<long> TrimAsync(ChannelId channel, Sequence messages, Sequence commits)
    {
        long bytes = 0;
        TrimOperation operation;
        do
        {
            operation = new TrimOperation(channel, messages, commits);
            await _writer.RunAsync(operation);
            bytes += operation.Bytes;
        }
        while (!operation.IsOver);
        return bytes;
    }

    public Task<IReadOnlyList<ChannelId>> ReadChannelsAsync(AgentId agent) =>
        Read<IReadOnlyList<ChannelId>>(database => Under(database, Keys.Prefix('a', _agents.KeyOf(agent)), (key, _) => ChannelAtEnd(key)));

    public Task<IReadOnlyList<ChannelId>> ReadIdsAsync(ChannelId? after, int most) => Read<IReadOnlyList<ChannelId>>(database =>
    {
        // A channel's record is of its id and nothing else, so a key that is one byte longer is the next place.
        byte[] from = after is { } before ? [.. Keys.Record(before), 0] : Keys.Prefix('r', default);
        return Under(database, Keys.Prefix('r', default), (key, _) => ChannelAtEnd(key), from, most);
    });

    public Task<AgentLoad> ReadLoadAsync(AgentId agent) => Read(database => new AgentLoad(
        Under(database, Keys.Prefix('a', _agents.KeyOf(agent)), (_, _) => 0).Count, Under(database, Keys.Prefix('w', _agents.KeyOf(agent)), (_, _) => 0).Count));

    public Task<IReadOnlyList<WaitingWelcome>> ReadWelcomesAsync(AgentId agent) => Read<IReadOnlyList<WaitingWelcome>>(database =>
    {
        var waiting = Under(database, Keys.Prefix('w', _agents.KeyOf(agent)), (key, value) => (Channel: ChannelAtEnd(key), Commit: StoredSequence.Read(value)));
        var welcomes = new List<WaitingWelcome>();
        foreach (var (channel, commit) in waiting)
        {
            if (database.Get(Keys.Welcome(channel, commit)) is { } welcome && database.Get(Keys.Record(channel)) is { } record)
                welcomes.Add(new WaitingWelcome(channel, StoredRecord.Read(channel, record).Name, commit, StoredWelcome.Read(welcome).Welcome));
        }
        return welcomes;
    });

    public Task RemoveWelcomeAsync(AgentId agent, ChannelId channel, Sequence sequence) => _writer.RunAsync(new RemoveWelcomeOperation(agent, channel, sequence));

    public Task ProbeAsync() => _writer.RunAsync(new ProbeOperation());

    /// <summary>Writes what was asked for, and closes the folder.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return ValueTask.CompletedTask;
        _writer.Dispose();
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<T> Read<T>(Func<RocksDb, T> read)
    {
        try
        {
            return Task.FromResult(_store.Read(read));
        }
        catch (ChannelLogException failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    /// <summary>The place that a key leads to; null where the entry there is void.</summary>
    private static Sequence? Standing(RocksDb database, ChannelId channel, byte[] key) =>
        database.Get(key) is { } value && StoredSequence.Read(value) is var place && !VoidedPart.Contains(database, channel, place) ? place : null;

    private static ChannelId ChannelAtEnd(byte[] key) => new(key.AsMemory(key.Length - ChannelId.Size));

    private static List<T> Under<T>(RocksDb database, byte[] prefix, Func<byte[], byte[], T> select, byte[]? from = null, int most = int.MaxValue)
    {
        var found = new List<T>();
        using var iterator = database.NewIterator();
        for (iterator.Seek(from ?? prefix); found.Count < most && iterator.Valid(); iterator.Next())
        {
            var key = iterator.Key();
            if (!key.AsSpan().StartsWith(prefix))
                break;
            found.Add(select(key, iterator.Value()));
        }
        return found;
    }
}
