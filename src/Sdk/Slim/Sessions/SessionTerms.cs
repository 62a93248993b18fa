using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What the participants of a session agree on when it is created: the moderator says it in every JoinRequest.</summary>
internal sealed record SessionTerms
{
    public required uint Id { get; init; }

    public required SessionType Type { get; init; }

    public required bool Reliable { get; init; }

    public required TimeSpan Interval { get; init; }

    public required int MaxRetries { get; init; }

    public required bool Encrypted { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public bool IsGroup => Type == SessionType.Multicast;
}
