namespace Skytale.Sdk.Api.Admin;

// What the API server tells administrators. Of people as little as can be, and of what agents say nothing.

/// <summary>A token of a quarter of an hour: 200 of <c>POST /admin/tokens</c>.</summary>
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
/// <param name="Next">What the page that follows is asked for with; null: this is the last.</param>
public sealed record AdminPage<T>(IReadOnlyList<T> Items, string? Next = null);

/// <summary>An account.</summary>
/// <param name="Email">Masked: <c>a…@example.org</c>.</param>
/// <param name="State"><c>active</c>, <c>suspended</c> or <c>closed</c>.</param>
/// <param name="Keys">How many API keys it has.</param>
/// <param name="Agents">How many agents it has.</param>
/// <param name="Orgs">Its organisations, where it was asked for alone.</param>
public sealed record SeenAccount(
    string AccountId, string Email, string State, DateTimeOffset CreatedAt, int Keys, int Agents, DateTimeOffset? SuspendedAt = null, DateTimeOffset? ClosedAt = null, IReadOnlyList<string>? Orgs = null);

/// <summary>An API key of an account, without its secret and without what its owner calls it.</summary>
/// <param name="Prefix">How the whole key begins.</param>
/// <param name="Scopes">What it allows, each <c>verb:pattern</c>.</param>
public sealed record SeenKey(
    string KeyId, string AccountId, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null);

/// <summary>A channel.</summary>
/// <param name="Epoch">Its group's epoch (RFC 9420 § 2).</param>
/// <param name="Head">The sequence of its newest entry.</param>
/// <param name="MessagesTrimmed">How many entries its retention has taken away.</param>
/// <param name="Bytes">Of its log, as stored.</param>
/// <param name="AccountId">Whose organisation its name begins with.</param>
/// <param name="Name">Null where the server is not set to show names.</param>
public sealed record SeenChannel(
    string ChannelId, int Members, ulong Epoch, ulong Head, ulong MessagesTrimmed, long Bytes, string? AccountId = null, string? Name = null, DateTimeOffset? ClosedAt = null);

/// <summary>What waits for the members of a channel.</summary>
/// <param name="Lag">Entries that the member furthest behind has not acknowledged.</param>
/// <param name="Members">The twenty furthest behind, worst first.</param>
public sealed record SeenQueue(string ChannelId, ulong Head, ulong Lag, int MembersCount, IReadOnlyList<SeenCursor> Members);

/// <summary>Where one member of a channel is.</summary>
/// <param name="Cursor">The sequence of the last entry that it acknowledged.</param>
public sealed record SeenCursor(string AgentId, ulong Cursor, ulong Lag);

/// <summary>The key packages (RFC 9420 § 10) that a node has of an agent.</summary>
/// <param name="Left">How many can still be taken, without the one of last resort.</param>
public sealed record SeenKeyPackages(string AgentId, string NodeId, int Left, bool HasLastResort);

/// <summary>What an administrator did: 200 of every act.</summary>
/// <param name="Outcome"><c>done</c>, or <c>unchanged</c> where it was so already.</param>
/// <param name="AuditSeq">The place of its entry in the audit log.</param>
public sealed record Acted(string Act, string Target, string Outcome, long AuditSeq);

/// <summary>An entry of the audit log, to be looked at; an exported log is what can be verified.</summary>
/// <param name="Seq">Its place, from 1.</param>
/// <param name="Actor">The administrator's id, or <c>machine</c>.</param>
/// <param name="Hash">SHA-256 of it and all before it, in hexadecimal.</param>
public sealed record SeenAct(
    long Seq, DateTimeOffset At, string Actor, string Act, string Target, string Outcome, string Hash, string? Reason = null, string? RequestId = null);

internal sealed record ActBody(string? Reason);
