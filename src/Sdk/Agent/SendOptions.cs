using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>What a message says beside its content, protected with it.</summary>
public sealed record SendOptions
{
    /// <summary>A media type, as <c>application/json</c>: visible ASCII, at most 127 characters; empty: none is said.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The message that this one answers.</summary>
    public MessageId? ReplyTo { get; init; }
}

/// <summary>A message that the relay has accepted.</summary>
/// <param name="Id">What an answer to it names.</param>
/// <param name="Sequence">Its place in the channel's order.</param>
public readonly record struct SentMessage(MessageId Id, Sequence Sequence);
