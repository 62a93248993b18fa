using Npgsql;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>The tables of the Postgres log. They are made, or brought up to this version, when the log is opened.</summary>
internal static class PostgresSchema
{
    /// <summary>Any number that nobody else in the database locks.</summary>
    private const long MigrationLock = 0x736b_7974_616c_65;

    /// <summary>Seconds that a step may take, and the wait for another relay's.</summary>
    private const int Patience = 3600;

    /// <summary>The step at index n leads from version n to n + 1; a step that was published never changes.</summary>
    private static readonly string[] s_steps =
    [
        """
        CREATE TABLE channels (
            id bytea PRIMARY KEY,
            name text NOT NULL UNIQUE,
            creator bytea NOT NULL,
            creation_hash bytea NOT NULL,
            created_at timestamptz NOT NULL,
            epoch bigint NOT NULL,
            last_sequence bigint NOT NULL,
            bytes bigint NOT NULL,
            messages_trimmed bigint NOT NULL DEFAULT 0,
            commits_trimmed bigint NOT NULL DEFAULT 0,
            state bytea NOT NULL
        );
        CREATE TABLE channel_entries (
            channel bytea NOT NULL REFERENCES channels,
            sequence bigint NOT NULL,
            epoch bigint NOT NULL,
            sender bytea NOT NULL,
            at timestamptz NOT NULL,
            message_id bytea,
            commit_hash bytea,
            frame bytea NOT NULL,
            PRIMARY KEY (channel, sequence)
        );
        CREATE UNIQUE INDEX channel_entries_commits ON channel_entries (channel, epoch) WHERE commit_hash IS NOT NULL;
        CREATE UNIQUE INDEX channel_entries_messages ON channel_entries (message_id, channel, sender) WHERE message_id IS NOT NULL;
        CREATE TABLE channel_members (
            agent bytea NOT NULL,
            channel bytea NOT NULL REFERENCES channels,
            PRIMARY KEY (agent, channel)
        );
        CREATE TABLE channel_acknowledgements (
            channel bytea NOT NULL REFERENCES channels,
            agent bytea NOT NULL,
            sequence bigint NOT NULL,
            PRIMARY KEY (channel, agent)
        );
        CREATE TABLE channel_welcomes (
            channel bytea NOT NULL REFERENCES channels,
            sequence bigint NOT NULL,
            welcome bytea NOT NULL,
            PRIMARY KEY (channel, sequence)
        );
        CREATE TABLE waiting_welcomes (
            agent bytea NOT NULL,
            channel bytea NOT NULL,
            sequence bigint NOT NULL,
            PRIMARY KEY (agent, channel),
            FOREIGN KEY (channel, sequence) REFERENCES channel_welcomes
        );
        CREATE INDEX waiting_welcomes_welcome ON waiting_welcomes (channel, sequence);
        """,
        """
        ALTER TABLE channel_entries ADD COLUMN void boolean NOT NULL DEFAULT false;
        DROP INDEX channel_entries_commits;
        DROP INDEX channel_entries_messages;
        CREATE UNIQUE INDEX channel_entries_commits ON channel_entries (channel, epoch) WHERE commit_hash IS NOT NULL AND NOT void;
        CREATE UNIQUE INDEX channel_entries_messages ON channel_entries (message_id, channel, sender) WHERE message_id IS NOT NULL AND NOT void;
        CREATE INDEX channel_entries_notices ON channel_entries (channel, sequence) WHERE message_id IS NULL;
        """,
        """
        CREATE TABLE channel_returns (
            channel bytea NOT NULL REFERENCES channels,
            sequence bigint NOT NULL,
            before bytea NOT NULL,
            PRIMARY KEY (channel, sequence)
        );
        """,
    ];

    /// <exception cref="InvalidDataException">The database is of a newer version.</exception>
    internal static async Task EnsureAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({MigrationLock})");
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS channel_log_version (version integer NOT NULL)");
        var version = await ReadVersionAsync(connection);
        if (version > s_steps.Length)
            throw new InvalidDataException($"The channel log in Postgres is of version {version}, this program knows {s_steps.Length}.");
        for (; version < s_steps.Length; version++)
            await RunAsync(connection, s_steps[version]);
        await RunAsync(connection, $"UPDATE channel_log_version SET version = {s_steps.Length}");
        await transaction.CommitAsync();
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT version FROM channel_log_version", connection);
        if (await command.ExecuteScalarAsync() is int version)
            return version;
        await RunAsync(connection, "INSERT INTO channel_log_version VALUES (0)");
        return 0;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // The text is this file's.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Patience };
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
