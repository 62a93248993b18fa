using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>
/// Which rule a write broke. The database decides between racing requests; this is the one place that reads its answer.
/// </summary>
internal static class UniqueViolation
{
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintUnique = 2067;

    /// <summary>The refusal for a broken uniqueness rule; null when the exception is about something else.</summary>
    public static Refusal? RefusalOf(DbUpdateException exception) => Constraint(exception) switch
    {
        "ux_accounts_email" or "accounts.email" => new(ErrorCode.EmailTaken, "This e-mail address has an account."),
        "pk_orgs" or "orgs.name" => new(ErrorCode.OrgTaken, "This organisation's name is taken."),
        "ux_agents_account_id_name" or "agents.account_id, agents.name" => new(ErrorCode.AgentNameTaken, "This account has an agent of that name."),
        "pk_agents" or "agents.id" => new(ErrorCode.AgentKeyTaken, "An agent with this key is registered."),
        "pk_made_once" or "made_once.owner, made_once.key_hash" => new(ErrorCode.Conflict, "A request with this Idempotency-Key was carried out meanwhile."),
        _ => null,
    };

    /// <summary>Postgres names the constraint, SQLite its columns.</summary>
    private static string? Constraint(DbUpdateException exception) => exception.InnerException switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres => postgres.ConstraintName,
        SqliteException { SqliteExtendedErrorCode: SqliteConstraintPrimaryKey or SqliteConstraintUnique } sqlite =>
            sqlite.Message.Split("UNIQUE constraint failed: ", 2) is [_, var columns] ? columns.TrimEnd('\'', '.') : null,
        _ => null,
    };
}
