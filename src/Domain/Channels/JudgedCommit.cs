using System.Collections.Immutable;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A commit that may stand, as long as its channel is still in its epoch.</summary>
/// <param name="Epoch">The epoch that it ends.</param>
/// <param name="Added">Agents that become members.</param>
/// <param name="Removed">Agents that are members no longer.</param>
/// <param name="Left">Those of them that wanted to leave by themselves.</param>
public sealed record JudgedCommit(
    Epoch Epoch, StagedPublicCommit Staged, AgentId Sender, DateTimeOffset At, ReadOnlyMemory<byte> Commit, ReadOnlyMemory<byte> GroupInfo,
    ReadOnlyMemory<byte>? Welcome, ImmutableArray<AgentId> Added, ImmutableArray<AgentId> Removed, ImmutableArray<AgentId> Left);

/// <summary>A commit that stands in the channel, and what is to be stored of it: both or nothing.</summary>
public sealed record AcceptedCommit(CommitEntry Entry, GroupChange Change);
