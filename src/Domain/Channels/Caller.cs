using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Who asks: what the token said and the identity key proved when the connection was opened.</summary>
/// <param name="Orgs">The organisations of the account when the token was issued.</param>
public sealed record Caller(AgentId AgentId, AccountId AccountId, KeyId KeyId, IReadOnlyList<OrgName> Orgs)
{
    /// <summary>True when the name's first part is one of the account's organisations.</summary>
    public bool Owns(ChannelName name) => Orgs.Any(org => org.ToString() == name.Org);
}
