using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Who asks: what the token said and the identity key proved when the connection was opened.</summary>
/// <param name="Orgs">The organisations of the account when the token was issued.</param>
/// <param name="Scopes">What the token allows.</param>
public sealed record Caller(AgentId AgentId, AccountId AccountId, KeyId KeyId, IReadOnlyList<OrgName> Orgs, ScopeSet Scopes)
{
    /// <summary>True when the name's first part is one of the account's organisations.</summary>
    public bool Owns(ChannelName name) => Orgs.Any(org => org.ToString() == name.Org);

    /// <summary>Why the token does not allow this in the channel; null when it does.</summary>
    public Refusal? Judge(Verb verb, ChannelName name) => Scopes.Allows(verb, name) ? null : OutOfScope(verb, $"the channel {name}");

    /// <summary>Why the token does not allow this in any channel; null when it does in some.</summary>
    public Refusal? Judge(Verb verb) => Scopes.Allows(verb) ? null : OutOfScope(verb, "any channel");

    /// <summary>Why the token does not allow a commit: one that adds or removes is managing; one that only renews keys, or takes out who wants to leave, any member makes.</summary>
    public Refusal? Judge(JudgedCommit commit, ChannelName name) =>
        commit.Added.IsEmpty && commit.Removed.Length == commit.Left.Length && Scopes.Allows(null, name) ? null : Judge(Verb.Manage, name);

    /// <summary>Why the token does not allow leaving the channel; null when it allows anything there.</summary>
    public Refusal? JudgeLeaving(ChannelName name) =>
        Scopes.Allows(null, name) ? null : new Refusal(ErrorCode.OutOfScope, $"The token's scopes are not about the channel {name}.");

    private static Refusal OutOfScope(Verb verb, string where) =>
        new(ErrorCode.OutOfScope, $"The token's scopes do not have '{verb.ToString().ToLowerInvariant()}' for {where}.");
}
