namespace Skytale.Accounts;

/// <summary>What can be revoked: whoever it is a part of is let in no longer. And what else relays are told.</summary>
public enum RevokedKind
{
    /// <summary>An API key, by its <see cref="KeyId"/>.</summary>
    Key,

    /// <summary>An agent, by its did:key.</summary>
    Agent,

    /// <summary>An account, by its <see cref="AccountId"/>: closed or suspended.</summary>
    Account,

    /// <summary>An account that was suspended and is no longer: takes the revocation before it back.</summary>
    AccountRestored,

    /// <summary>An agent, by its did:key: the connections that it has then end, and it may come again.</summary>
    AgentDisconnected,

    /// <summary>A run of a server, by its <see cref="NodeId"/>: it drains and ends.</summary>
    NodeDrained,

    /// <summary>A channel, by its id, for ever: it stays in the list.</summary>
    ChannelClosed,
}

/// <summary>A place in the list of what was revoked. Keys and agents come never back, for ids are not used again; a suspended account may.</summary>
/// <param name="Number">Its place; higher than that of every revocation that could be read before.</param>
/// <param name="Subject">The id's text.</param>
public sealed record Revocation(long Number, RevokedKind Kind, string Subject, DateTimeOffset At)
{
    /// <summary>How long it is in the list, a closed channel excepted: longer than any token, and than a relay goes without reading the list.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
}
