using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>An entry of a channel that could not be read here; it was passed over.</summary>
public sealed class RejectedMessage(Sequence sequence, string reason) : EventArgs
{
    /// <summary>Which.</summary>
    public Sequence Sequence { get; } = sequence;

    /// <summary>The rule that it breaks, without content.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Messages were gone at the relay before this agent came for them: it was away too long, or the channel's log was full.</summary>
public sealed class MessagesMissed(ulong count, Sequence through) : EventArgs
{
    /// <summary>How many.</summary>
    public ulong Count { get; } = count;

    /// <summary>The place of the last of them.</summary>
    public Sequence Through { get; } = through;
}

/// <summary>An entry as the relay holds it.</summary>
/// <param name="Sequence">Its place in the channel's order.</param>
/// <param name="Kind">"message" or "commit".</param>
/// <param name="Bytes">The MLSMessage: ciphertext for a message, the public commit for a commit.</param>
public sealed record RawEntry(Sequence Sequence, string Kind, ReadOnlyMemory<byte> Bytes);
