using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>How long a request waits, for whose reply, and what it says of its content.</summary>
public sealed record RequestOptions
{
    /// <summary>From the call on, sending included; 30 seconds unless told.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The one member whose reply counts; null: the first, whoever sent it.</summary>
    public AgentId? From { get; init; }

    /// <summary>The request's media type, as in <see cref="SendOptions.ContentType"/>.</summary>
    public string ContentType { get; init; } = "";
}
