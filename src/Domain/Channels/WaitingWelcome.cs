using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A Welcome that waits for the agents that a commit added; one copy for all of them.</summary>
/// <param name="Sequence">The commit's place in the channel's order.</param>
/// <param name="Welcome">MLSMessage(Welcome).</param>
public sealed record WaitingWelcome(ChannelId ChannelId, ChannelName Name, Sequence Sequence, ReadOnlyMemory<byte> Welcome);
