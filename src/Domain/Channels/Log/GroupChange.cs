using System.Collections.Immutable;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>What an entry changes beside the order; stored with it, all or nothing. A commit leads to the next epoch, a notice stays in its own or leads back.</summary>
/// <param name="State">The channel's state behind the entry (<see cref="ChannelState"/>, encoded): it replaces the one before.</param>
/// <param name="Added">Agents who become members; each gets the Welcome.</param>
/// <param name="Removed">Agents who are members no longer.</param>
/// <param name="Welcome">MLSMessage(Welcome) for all whom the commit adds; null where it adds nobody.</param>
/// <param name="Voids">What a voided commit takes along; null for anything else.</param>
/// <param name="Before">The <see cref="ReturnPoint"/>, encoded, of a commit that may be voided; it is kept beside the commit. Null for anything else.</param>
/// <param name="KeptFrom">Return points of commits before this place are kept no longer, and none of a commit that is void.</param>
public sealed record GroupChange(
    ReadOnlyMemory<byte> State, ImmutableArray<AgentId> Added, ImmutableArray<AgentId> Removed, ReadOnlyMemory<byte>? Welcome, VoidedEntries? Voids = null,
    ReadOnlyMemory<byte>? Before = null, Sequence KeptFrom = default)
{
    /// <summary>The epoch behind an entry.</summary>
    public static Epoch EpochBehind(LogEntry entry, GroupChange? change) => entry is CommitEntry ? entry.Epoch.Next : change?.Voids?.Epoch ?? entry.Epoch;
}

/// <summary>
/// Entries that stay in the order and count no more: messages among them are not known by their ids, commits end no epoch, and
/// Welcomes of theirs wait for nobody.
/// </summary>
/// <param name="Epoch">The epoch that the channel is in again.</param>
/// <param name="From">The first of them, a commit; the last is the entry before the one that says so.</param>
/// <param name="Joined">Whom commits among them have added.</param>
public sealed record VoidedEntries(Epoch Epoch, Sequence From, ImmutableArray<AgentId> Joined);
