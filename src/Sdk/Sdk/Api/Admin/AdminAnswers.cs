namespace Skytale.Sdk.Api.Admin;

// What the API server tells administrators. Of people as little as can be, and of what agents say nothing.

/// <summary>A token of a quarter of an hour: 200 of <c>POST /admin/tokens</c>.</summary>
/// <param name="Token">The token, for audience <c>skytale-admin</c>.</param>
/// <param name="ExpiresAt">When it ends (UTC).</param>
/// <param name="AdminId">The administrator's id.</param>
/// <param name="Name">What the administrator is called.</param>
public sealed record AdminSession(string Token, DateTimeOffset ExpiresAt, string AdminId, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{AdminId} ({Name})";
}

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">The <see cref="AdminPage{T}.Next"/> of the page before; null: from the beginning.</param>
/// <param name="Limit">How many at most, 1 to 200; null: 50.</param>
public sealed record AdminPageAsked(string? After = null, int? Limit = null);

/// <summary>A part of a list.</summary>
/// <param name="Items">The part.</param>
/// <param name="Next">What the page that follows is asked for with; null: this is the last.</param>
public sealed record AdminPage<T>(IReadOnlyList<T> Items, string? Next = null);

/// <summary>An account.</summary>
/// <param name="AccountId">Its id.</param>
/// <param name="Email">Masked: <c>a…@example.org</c>.</param>
/// <param name="State"><c>active</c>, <c>suspended</c> or <c>closed</c>.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="Keys">How many API keys it has.</param>
/// <param name="Agents">How many agents it has.</param>
/// <param name="SuspendedAt">When it was suspended (UTC); null: it is not.</param>
/// <param name="ClosedAt">When it was closed (UTC); null: it is not.</param>
/// <param name="Orgs">Its organisations, where it was asked for alone.</param>
public sealed record SeenAccount(
    string AccountId, string Email, string State, DateTimeOffset CreatedAt, int Keys, int Agents, DateTimeOffset? SuspendedAt = null, DateTimeOffset? ClosedAt = null, IReadOnlyList<string>? Orgs = null);

/// <summary>An API key of an account, without its secret and without what its owner calls it.</summary>
/// <param name="KeyId">Its id.</param>
/// <param name="AccountId">Whose it is.</param>
/// <param name="Prefix">How the whole key begins.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="LastUsedAt">When it was used last (UTC), up to five minutes behind; null: never.</param>
/// <param name="RevokedAt">When it was revoked (UTC); null: it was not.</param>
public sealed record SeenKey(
    string KeyId, string AccountId, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null);

/// <summary>A channel.</summary>
/// <param name="ChannelId">Its id, the MLS group_id, in hexadecimal.</param>
/// <param name="Members">How many members it has.</param>
/// <param name="Epoch">Its group's epoch (RFC 9420 § 2).</param>
/// <param name="Head">The sequence of its newest entry.</param>
/// <param name="MessagesTrimmed">How many entries its retention has taken away.</param>
/// <param name="Bytes">Of its log, as stored.</param>
/// <param name="AccountId">Whose organisation its name begins with.</param>
/// <param name="Name">Null where the server is not set to show names.</param>
/// <param name="ClosedAt">When an administrator closed it (UTC); null: it is open.</param>
public sealed record SeenChannel(
    string ChannelId, int Members, ulong Epoch, ulong Head, ulong MessagesTrimmed, long Bytes, string? AccountId = null, string? Name = null, DateTimeOffset? ClosedAt = null);

/// <summary>What waits for the members of a channel.</summary>
/// <param name="ChannelId">The channel's id.</param>
/// <param name="Head">The sequence of its newest entry.</param>
/// <param name="Lag">Entries that the member furthest behind has not acknowledged.</param>
/// <param name="MembersCount">How many members it has.</param>
/// <param name="Members">The twenty furthest behind, worst first.</param>
public sealed record SeenQueue(string ChannelId, ulong Head, ulong Lag, int MembersCount, IReadOnlyList<SeenCursor> Members);

/// <summary>Where one member of a channel is.</summary>
/// <param name="AgentId">The member's did:key.</param>
/// <param name="Cursor">The sequence of the last entry that it acknowledged.</param>
/// <param name="Lag">How many entries it has not acknowledged.</param>
public sealed record SeenCursor(string AgentId, ulong Cursor, ulong Lag);

/// <summary>The key packages (RFC 9420 § 10) that a node has of an agent.</summary>
/// <param name="AgentId">The agent's did:key.</param>
/// <param name="NodeId">The node that has them.</param>
/// <param name="Left">How many can still be taken, without the one of last resort.</param>
/// <param name="HasLastResort">Whether there is one of last resort.</param>
public sealed record SeenKeyPackages(string AgentId, string NodeId, int Left, bool HasLastResort);

/// <summary>What an administrator did: 200 of every act.</summary>
/// <param name="Act">What was done.</param>
/// <param name="Target">To whom or what, by its id.</param>
/// <param name="Outcome"><c>done</c>, or <c>unchanged</c> where it was so already.</param>
/// <param name="AuditSeq">The place of its entry in the audit log.</param>
public sealed record Acted(string Act, string Target, string Outcome, long AuditSeq);

/// <summary>An entry of the audit log, to be looked at; an exported log is what can be verified.</summary>
/// <param name="Seq">Its place, from 1.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Actor">The administrator's id, or <c>machine</c>.</param>
/// <param name="Act">What was done.</param>
/// <param name="Target">To whom or what, by its id.</param>
/// <param name="Outcome"><c>done</c>, or <c>unchanged</c> where it was so already.</param>
/// <param name="Hash">SHA-256 of it and all before it, in hexadecimal.</param>
/// <param name="Reason">The administrator's words; null: none were given.</param>
/// <param name="RequestId">The request's id, as in the server's log; null for what was done on the machine.</param>
public sealed record SeenAct(
    long Seq, DateTimeOffset At, string Actor, string Act, string Target, string Outcome, string Hash, string? Reason = null, string? RequestId = null);

internal sealed record ActBody(string? Reason);
