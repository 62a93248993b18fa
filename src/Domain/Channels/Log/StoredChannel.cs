using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A channel as its log has it.</summary>
/// <param name="Epoch">The epoch that it is in.</param>
/// <param name="Last">The newest entry's place; <see cref="Sequence.Start"/> where there is none.</param>
/// <param name="MessagesTrimmed">Messages up to here are gone.</param>
/// <param name="CommitsTrimmed">Commits up to here are gone.</param>
/// <param name="Bytes">Bytes of the frames that are kept.</param>
/// <param name="State">The <see cref="ChannelState"/>, encoded.</param>
/// <param name="Acknowledged">How far each agent has acknowledged; agents that never did are not in it.</param>
public sealed record StoredChannel(
    ChannelRecord Record, Epoch Epoch, Sequence Last, Sequence MessagesTrimmed, Sequence CommitsTrimmed, long Bytes,
    ReadOnlyMemory<byte> State, IReadOnlyDictionary<AgentId, Sequence> Acknowledged);
