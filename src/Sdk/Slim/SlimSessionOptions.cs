namespace Skytale.Sdk.Slim;

/// <summary>How a session that this agent creates works.</summary>
public sealed record SlimSessionOptions
{
    /// <summary>True: every message is acknowledged, sent again until it is, and delivered in order. False: sent once. Groups are always reliable.</summary>
    public bool Reliable { get; init; } = true;

    /// <summary>Between one attempt and the next, from 1 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts after the first.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>True: MLS, suite 2 (RFC 9420), so that whoever carries the messages reads none of them. False: plaintext at proxies and relays.</summary>
    public bool Encrypted { get; init; } = true;

    /// <summary>Told to everybody who is invited.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
