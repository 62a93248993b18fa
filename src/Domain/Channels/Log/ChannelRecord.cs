using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>What of a channel never changes.</summary>
/// <param name="CreationHash">SHA-256 of what the channel was created from: tells a repeat from another request with the same id; 32 bytes.</param>
public sealed record ChannelRecord(ChannelId Id, ChannelName Name, AgentId Creator, Opaque CreationHash, DateTimeOffset CreatedAt);
