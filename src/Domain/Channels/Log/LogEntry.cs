using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One place in a channel's order.</summary>
/// <param name="Sequence">Which place.</param>
/// <param name="Epoch">The epoch that it was accepted in; a commit's is the one that it ends.</param>
/// <param name="Sender">Whose connection it came over.</param>
/// <param name="At">When the relay accepted it; for retention alone.</param>
/// <param name="Encoded">The frame with its length in front: encoded once, the same bytes for every receiver.</param>
public abstract record LogEntry(Sequence Sequence, Epoch Epoch, AgentId Sender, DateTimeOffset At, ReadOnlyMemory<byte> Encoded);

/// <summary>An application message.</summary>
public sealed record MessageEntry(Sequence Sequence, Epoch Epoch, AgentId Sender, DateTimeOffset At, MessageId MessageId, ReadOnlyMemory<byte> Encoded)
    : LogEntry(Sequence, Epoch, Sender, At, Encoded);

/// <summary>What is told of the group beside its commits: a report, a voided commit, a wish to be added again. Kept as long as commits.</summary>
public sealed record NoticeEntry(Sequence Sequence, Epoch Epoch, AgentId Sender, DateTimeOffset At, ReadOnlyMemory<byte> Encoded)
    : LogEntry(Sequence, Epoch, Sender, At, Encoded);

/// <summary>A commit, by which a repeat of it is known.</summary>
/// <param name="Hash">SHA-256 of the commit as it was sent; 32 bytes.</param>
public sealed record CommitEntry(Sequence Sequence, Epoch Epoch, AgentId Sender, DateTimeOffset At, Opaque Hash, ReadOnlyMemory<byte> Encoded)
    : LogEntry(Sequence, Epoch, Sender, At, Encoded);
