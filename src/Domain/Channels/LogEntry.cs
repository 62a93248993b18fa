using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One place in a channel's order.</summary>
/// <param name="Sequence">Which place.</param>
/// <param name="Sender">Whose connection it came over.</param>
/// <param name="Encoded">The frame with its length in front: encoded once, the same bytes for every receiver.</param>
public abstract record LogEntry(Sequence Sequence, AgentId Sender, ReadOnlyMemory<byte> Encoded);

/// <summary>An application message.</summary>
public sealed record MessageEntry(Sequence Sequence, AgentId Sender, MessageId MessageId, ReadOnlyMemory<byte> Encoded) : LogEntry(Sequence, Sender, Encoded);

/// <summary>A commit, by which a repeat of it is known.</summary>
/// <param name="Hash">SHA-256 of the commit as it was sent.</param>
public sealed record CommitEntry(Sequence Sequence, AgentId Sender, Opaque Hash, ReadOnlyMemory<byte> Encoded) : LogEntry(Sequence, Sender, Encoded);
