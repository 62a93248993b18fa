using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// The durable order of every channel, and what belongs to it: the state behind its newest commit, Welcomes that wait, and how
/// far each agent has acknowledged. One writer a channel; any number of readers. Safe for use by several threads.
/// </summary>
/// <remarks>Every member throws <see cref="ChannelLogException"/>; what it says of an append is the one thing to know of it.</remarks>
public interface IChannelLog : IAsyncDisposable
{
    /// <summary>Stores a new channel in epoch 0 with its first state; its creator is a member. Durable when it returns.</summary>
    /// <returns>Nothing is stored, unless <see cref="ChannelCreation.Created"/>.</returns>
    Task<ChannelCreation> CreateAsync(ChannelRecord record, ReadOnlyMemory<byte> state);

    /// <summary>
    /// Puts one entry behind the newest, and with it what it changes; durable when it returns. Appends to one channel are
    /// stored in the order of the calls, one after the other or several at once, and none behind one that failed.
    /// </summary>
    /// <param name="entry">Its sequence is the next, its epoch the current one; a commit leads to the next epoch.</param>
    /// <param name="change">Not null for a commit, null for a message; a notice may have one, and lead back to an epoch before.</param>
    Task AppendAsync(ChannelId channel, LogEntry entry, GroupChange? change = null);

    /// <summary>The channel as it stands; null where there is none.</summary>
    Task<StoredChannel?> LoadAsync(ChannelId channel);

    /// <summary>The entries behind a place that are still there, oldest first: at least one if there is one, then as many as fit.</summary>
    Task<IReadOnlyList<LogEntry>> ReadAsync(ChannelId channel, Sequence after, int maxBytes);

    /// <summary>Where a sender's message stands; null where it does not, or not any more.</summary>
    Task<Sequence?> FindMessageAsync(ChannelId channel, AgentId sender, MessageId id);

    /// <summary>The commit that ended an epoch; null where none did, or is not there any more.</summary>
    Task<CommitEntry?> FindCommitAsync(ChannelId channel, Epoch epoch);

    /// <summary>What was kept of the channel before the commit at this place; null where nothing was, or is not any more.</summary>
    Task<byte[]?> ReadBeforeAsync(ChannelId channel, Sequence commit);

    /// <summary>Notes how far agents have come, never back. It may be lost by a crash: what was acknowledged is then kept for longer.</summary>
    Task AcknowledgeAsync(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged);

    /// <summary>Forgets messages up to one place, and commits and notices up to another; the newest of these and the state stay.</summary>
    /// <returns>Bytes of the frames that went.</returns>
    Task<long> TrimAsync(ChannelId channel, Sequence messages, Sequence commits);

    /// <summary>The channels that the agent is a member of.</summary>
    Task<IReadOnlyList<ChannelId>> ReadChannelsAsync(AgentId agent);

    /// <summary>Ids of channels in the order of their bytes, those behind one or from the first on: for whoever goes round all.</summary>
    Task<IReadOnlyList<ChannelId>> ReadIdsAsync(ChannelId? after, int most);

    /// <summary>How much there is of an agent across channels.</summary>
    Task<AgentLoad> ReadLoadAsync(AgentId agent);

    /// <summary>The Welcomes that wait for an agent, oldest first in each channel.</summary>
    Task<IReadOnlyList<WaitingWelcome>> ReadWelcomesAsync(AgentId agent);

    /// <summary>The Welcome waits no longer; a later one of the same channel stays.</summary>
    Task RemoveWelcomeAsync(AgentId agent, ChannelId channel, Sequence sequence);

    /// <summary>Returns when an append would be stored now, and throws when it would not; nothing of it stays in any channel.</summary>
    Task ProbeAsync();
}

/// <summary>What became of a new channel.</summary>
public enum ChannelCreation
{
    Created,

    /// <summary>A channel has this id already.</summary>
    IdTaken,

    /// <summary>A channel has this name already.</summary>
    NameTaken,
}

/// <summary>How much there is of one agent.</summary>
/// <param name="Channels">Channels that it is a member of.</param>
/// <param name="Welcomes">Welcomes that wait for it.</param>
public readonly record struct AgentLoad(int Channels, int Welcomes);

/// <summary>What went wrong at a channel log.</summary>
public enum ChannelLogError
{
    /// <summary>The store does not take or give anything now (full, read-only, failing, unreachable). Whether a failed append stands shows the next load.</summary>
    Unavailable,

    /// <summary>The entry is not the next one or not of the current epoch, or the channel is not there: another writer, or an older state. Load again.</summary>
    Conflict,

    /// <summary>What is stored cannot be read: the store is damaged, or of a newer version.</summary>
    Corrupt,
}

/// <summary>A failure of a channel log, foreign exceptions translated.</summary>
public sealed class ChannelLogException(ChannelLogError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What went wrong.</summary>
    public ChannelLogError Error { get; } = error;
}
