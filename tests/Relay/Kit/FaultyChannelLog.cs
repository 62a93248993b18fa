using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Relay.Tests.Kit;

/// <summary>How a store fails.</summary>
public enum Fault
{
    None,

    /// <summary>Nothing is written: a full disk, a read-only one.</summary>
    BeforeWriting,

    /// <summary>It is written, and the writer is told that it is not: a failed wait for the disk, a lost connection.</summary>
    AfterWriting,

    /// <summary>Nothing is written or read: a database that is away.</summary>
    Everything,
}

/// <summary>A channel log whose store fails for as long as a test wants it to.</summary>
internal sealed class FaultyChannelLog(IChannelLog log) : IChannelLog
{
    private int _appends;
    private int _failures;

    public Fault Fault { get; set; }

    /// <summary>Set: appends are stored only when it completes, as on a slow disk.</summary>
    public Task? Slowness { get; set; }

    /// <summary>Appends that were ever asked for.</summary>
    public int Appends => Volatile.Read(ref _appends);

    /// <summary>Calls that failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    public Task<ChannelCreation> CreateAsync(ChannelRecord record, ReadOnlyMemory<byte> state) => WriteAsync(() => log.CreateAsync(record, state));

    public Task AppendAsync(ChannelId channel, LogEntry entry, GroupChange? change = null) => WriteAsync(async () =>
    {
        Interlocked.Increment(ref _appends);
        var append = log.AppendAsync(channel, entry, change); // At once: the order is that of the calls.
        if (Slowness is { } slow)
            await slow;
        await append;
        return true;
    });

    public Task<StoredChannel?> LoadAsync(ChannelId channel) => ReadAsync(() => log.LoadAsync(channel));

    public Task<IReadOnlyList<LogEntry>> ReadAsync(ChannelId channel, Sequence after, int maxBytes) => ReadAsync(() => log.ReadAsync(channel, after, maxBytes));

    public Task<Sequence?> FindMessageAsync(ChannelId channel, AgentId sender, MessageId id) => ReadAsync(() => log.FindMessageAsync(channel, sender, id));

    public Task<CommitEntry?> FindCommitAsync(ChannelId channel, Epoch epoch) => ReadAsync(() => log.FindCommitAsync(channel, epoch));

    public Task<byte[]?> ReadBeforeAsync(ChannelId channel, Sequence commit) => ReadAsync(() => log.ReadBeforeAsync(channel, commit));

    public Task AcknowledgeAsync(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged) => WriteAsync(async () =>
    {
        await log.AcknowledgeAsync(channel, acknowledged);
        return true;
    });

    public Task<long> TrimAsync(ChannelId channel, Sequence messages, Sequence commits) => WriteAsync(() => log.TrimAsync(channel, messages, commits));

    public Task ProbeAsync() => WriteAsync(async () =>
    {
        await log.ProbeAsync();
        return true;
    });

    public Task<IReadOnlyList<ChannelId>> ReadChannelsAsync(AgentId agent) => ReadAsync(() => log.ReadChannelsAsync(agent));

    public Task<IReadOnlyList<ChannelId>> ReadIdsAsync(ChannelId? after, int most) => ReadAsync(() => log.ReadIdsAsync(after, most));

    public Task<AgentLoad> ReadLoadAsync(AgentId agent) => ReadAsync(() => log.ReadLoadAsync(agent));

    public Task<IReadOnlyList<WaitingWelcome>> ReadWelcomesAsync(AgentId agent) => ReadAsync(() => log.ReadWelcomesAsync(agent));

    public Task RemoveWelcomeAsync(AgentId agent, ChannelId channel, Sequence sequence) => WriteAsync(async () =>
    {
        await log.RemoveWelcomeAsync(agent, channel, sequence);
        return true;
    });

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        if (Fault is Fault.BeforeWriting or Fault.Everything)
            throw Failed();
        var written = await write();
        return Fault == Fault.AfterWriting ? throw Failed() : written;
    }

    private Task<T> ReadAsync<T>(Func<Task<T>> read) => Fault == Fault.Everything ? Task.FromException<T>(Failed()) : read();

    private ChannelLogException Failed()
    {
        Interlocked.Increment(ref _failures);
        return new(ChannelLogError.Unavailable, "The store fails.");
    }
}
