using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Skytale.Accounts;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>Every id and name is text in the database, in its one spelling; reading one that has no such spelling throws.</summary>
internal static class Converters
{
    internal sealed class ForAccountId() : ValueConverter<AccountId, string>(id => id.ToString(), text => AccountId.Parse(text));

    internal sealed class ForKeyId() : ValueConverter<KeyId, string>(id => id.ToString(), text => KeyId.Parse(text));

    internal sealed class ForNodeId() : ValueConverter<NodeId, string>(id => id.ToString(), text => NodeId.Parse(text));

    internal sealed class ForAdminId() : ValueConverter<AdminId, string>(id => id.ToString(), text => AdminId.Parse(text));

    internal sealed class ForAuditHash() : ValueConverter<AuditHash, string>(hash => hash.ToString(), text => AuditHash.Parse(text));

    internal sealed class ForAgentId() : ValueConverter<AgentId, string>(id => id.ToString(), text => ParseAgentId(text));

    internal sealed class ForEmailAddress() : ValueConverter<EmailAddress, string>(email => email.ToString(), text => EmailAddress.Parse(text));

    internal sealed class ForOrgName() : ValueConverter<OrgName, string>(name => name.ToString(), text => OrgName.Parse(text));

    internal sealed class ForAgentName() : ValueConverter<AgentName, string>(name => name.ToString(), text => AgentName.Parse(text));

    internal sealed class ForScopeSet() : ValueConverter<ScopeSet, string>(scopes => scopes.ToString(), text => ScopeSet.Parse(text));

    /// <summary>A point in time that is compared in the database, as milliseconds of Unix: SQLite compares no others.</summary>
    internal sealed class ForMoment() : ValueConverter<DateTimeOffset, long>(at => at.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));

    internal sealed class ForSecretHash() : ValueConverter<SecretHash, string>(hash => hash.Phc, text => new SecretHash(text));

    private static AgentId ParseAgentId(string text) =>
        AgentId.TryParse(text, out var id) ? id : throw new FormatException("Not an agent's id.");
}
