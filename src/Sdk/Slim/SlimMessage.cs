using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim;

/// <summary>One message of an application, as a session delivers it.</summary>
/// <param name="From">The participant who sent it.</param>
/// <param name="PayloadType">What the sender says the payload is; <c>msg</c> where it says nothing.</param>
/// <param name="Payload">The content.</param>
/// <param name="Metadata">The sender's; not encrypted, nor protected against who carries it.</param>
/// <param name="LostBefore">How many messages of this sender could not be had before this one; 0 in sessions that are not reliable, which do not count.</param>
public sealed record SlimMessage(
    SlimName From,
    string PayloadType,
    ReadOnlyMemory<byte> Payload,
    IReadOnlyDictionary<string, string> Metadata,
    int LostBefore = 0)
{
    /// <summary>The payload's type where a sender gives none.</summary>
    public const string DefaultPayloadType = "msg";

    /// <summary>The largest payload, in bytes: SLIM's links take 4 MiB with everything around it.</summary>
    public const int MaxSize = (4 * 1024 * 1024) - (128 * 1024);

    /// <summary>Characters of the metadata, keys and values together: what a relay takes, less the session's own.</summary>
    public const int MaxMetadata = EnvelopeLimits.Metadata - 256;

    /// <summary>Who and how much, never the content.</summary>
    public override string ToString() => $"{Payload.Length} bytes of {PayloadType} from {From}";
}
