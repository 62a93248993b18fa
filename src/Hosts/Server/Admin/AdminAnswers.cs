using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Ports;
using Skytale.Audit;

namespace Skytale.Server.Admin;

// What administrators are answered, in snake_case. Of people as little as can be: an address is masked, and what an owner calls a key
// is the owner's.

internal sealed record AdminTokenAnswer(string Token, DateTimeOffset ExpiresAt, string AdminId, string Name)
{
    public static AdminTokenAnswer Of(CreatedAdminToken made) => new(made.Token.Token.Reveal(), made.Token.ExpiresAt, made.Admin.Id.ToString(), made.Admin.Name);
}

/// <param name="Next">What <c>after</c> is for the page that follows; left out on the last.</param>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next = null)
{
    public static PageAnswer<T> Of<TSeen>(Page<TSeen> page, Func<TSeen, T> answer) => new([.. page.Items.Select(answer)], page.Next);
}

/// <param name="Orgs">Where one account is shown alone.</param>
internal sealed record AccountSeenAnswer(
    string AccountId, string Email, string State, DateTimeOffset CreatedAt, int Keys, int Agents, DateTimeOffset? SuspendedAt = null, DateTimeOffset? ClosedAt = null, IReadOnlyList<string>? Orgs = null)
{
    public static AccountSeenAnswer Of(AccountSeen seen, IReadOnlyList<OrgName>? orgs = null) => new(
        seen.Account.Id.ToString(), seen.Account.Email.Masked(), seen.Account.State.ToString().ToLowerInvariant(), seen.Account.CreatedAt,
        seen.Keys, seen.Agents, seen.Account.SuspendedAt, seen.Account.ClosedAt, orgs?.Select(name => name.ToString()).ToList());
}

/// <param name="Scopes">Without the names that they are about, which are the account's: <c>send:…</c> for any pattern but <c>*</c>.</param>
internal sealed record KeySeenAnswer(
    string KeyId, string AccountId, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt = null, DateTimeOffset? RevokedAt = null)
{
    public static KeySeenAnswer Of(ApiKey key) => new(key.Id.ToString(), key.AccountId.ToString(), key.Prefix, [.. key.Scopes.Texts.Select(Masked).Distinct()], key.CreatedAt, key.LastUsedAt, key.RevokedAt);

    private static string Masked(string scope) => scope.EndsWith(":*", StringComparison.Ordinal) ? scope : $"{scope[..scope.IndexOf(':', StringComparison.Ordinal)]}:…";
}

/// <param name="Outcome">done, or unchanged where it was so already.</param>
/// <param name="AuditSeq">The place of its entry in the audit log.</param>
internal sealed record ActAnswer(string Act, string Target, string Outcome, long AuditSeq)
{
    public static ActAnswer Of(AuditEntry entry) => new(entry.Act, entry.Target, entry.Outcome, entry.Seq);
}

/// <param name="Reason">For the audit log.</param>
internal sealed record ActBody(string? Reason = null);

/// <summary>An entry of the audit log to be looked at; it is checked from the export.</summary>
internal sealed record AuditAnswer(long Seq, DateTimeOffset At, string Actor, string Act, string Target, string Outcome, string Hash, string? Reason = null, string? RequestId = null)
{
    public static AuditAnswer Of(AuditEntry entry) =>
        new(entry.Seq, entry.At, entry.Actor, entry.Act, entry.Target, entry.Outcome, entry.Hash.ToString(), entry.Reason, entry.RequestId);
}
