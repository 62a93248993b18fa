using System.Collections.Immutable;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>What a commit changes beside the order; stored with it, all or nothing.</summary>
/// <param name="State">The channel's state in the epoch that the commit leads to (<see cref="ChannelState"/>, encoded): it replaces the one before.</param>
/// <param name="Added">Agents who become members; each gets the Welcome.</param>
/// <param name="Removed">Agents who are members no longer.</param>
/// <param name="Welcome">MLSMessage(Welcome) for all whom the commit adds; null where it adds nobody.</param>
public sealed record GroupChange(ReadOnlyMemory<byte> State, ImmutableArray<AgentId> Added, ImmutableArray<AgentId> Removed, ReadOnlyMemory<byte>? Welcome);
