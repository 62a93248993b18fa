using Microsoft.Extensions.Logging;

namespace Skytale.Sdk.Slim;

/// <summary>What an agent needs to take part in SLIM sessions.</summary>
public sealed record SlimAgentOptions
{
    /// <summary>The name that it answers to, <c>org/namespace/app</c>. On a relay the organisation is one of the agent's account.</summary>
    public required string Name { get; init; }

    /// <summary>Who it is to SLIM applications; the caller's to dispose.</summary>
    public required SlimIdentity Identity { get; init; }

    /// <summary>What carries its messages, usually a <see cref="RelaySlimLink"/>; the agent disposes it.</summary>
    public required ISlimLink Link { get; init; }

    /// <summary>True: invitations into sessions without MLS are answered too. Whoever carries such a session reads it, and anybody who has seen a participant's token can speak for it.</summary>
    public bool AcceptUnencrypted { get; init; }

    /// <summary>The clock; null: the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where to log, without content, tokens or keys; null: nowhere.</summary>
    public ILoggerFactory? Logging { get; init; }
}
