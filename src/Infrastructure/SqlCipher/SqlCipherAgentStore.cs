using Microsoft.Data.Sqlite;
using Skytale.Agent.Storage;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sqlite;
using SQLitePCL;

namespace Skytale.SqlCipher;

/// <summary>The agent's store in an SQLCipher database, held by one process at a time.</summary>
public sealed class SqlCipherAgentStore : IAgentStore
{
    private readonly StoreLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Statements _statements;
    private readonly ProgressWriter _progress;
    private readonly Lock _gate = new();

    private SqlCipherAgentStore(StoreLock storeLock, SqliteConnection connection)
    {
        _lock = storeLock;
        _connection = connection;
        _statements = new Statements(connection);
        _progress = new ProgressWriter(_statements);
    }

    /// <summary>Opens or creates a store.</summary>
    /// <param name="path">The database file; its folder must exist.</param>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="SkytaleException">The store is in use, its key is wrong, it cannot be read, or SQLCipher is missing.</exception>
    public static SqlCipherAgentStore Open(string path, ReadOnlySpan<byte> key)
    {
        StoreLock? storeLock = null;
        SqliteConnection? connection = null;
        try
        {
            storeLock = StoreLock.Acquire(path);
            connection = SqliteDatabase.OpenEncrypted(path, key);
            Prepare(connection, path);
            return new SqlCipherAgentStore(storeLock, connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            storeLock?.Dispose();
            throw StoreFailures.Translate(e, path);
        }
    }

    /// <inheritdoc/>
    public Secret? ReadIdentitySeed() => Read("SELECT seed FROM identity", row => row.Secret(0)).SingleOrDefault();

    /// <inheritdoc/>
    public IReadOnlyList<StoredKeyPackage> ReadKeyPackages() => Read(
        "SELECT reference, bundle, not_after, last_resort FROM key_packages",
        row => new StoredKeyPackage(row.Opaque(0), row.Secret(1), DateTimeOffset.FromUnixTimeSeconds(row.Number(2)), row.Number(3) == 1));

    /// <inheritdoc/>
    public IReadOnlyList<ChannelIntent> ReadIntents() => Read(
        "SELECT channel_id, name, bundle, group_info, welcome FROM intents",
        row => new ChannelIntent(row.ChannelId(0), row.Name(1), row.Secret(2), row.Opaque(3), row.Opaque(4)));

    /// <inheritdoc/>
    public IReadOnlyList<StoredJoin> ReadJoins() => Read(
        "SELECT channel_id, invitation, key_package FROM joins", row => new StoredJoin(row.ChannelId(0), row.Secret(1), row.Opaque(2)));

    /// <inheritdoc/>
    public IReadOnlyList<Secret> ReadInvitations(ChannelId channel) =>
        Read("SELECT known FROM invitations WHERE channel_id = $channel", row => row.Secret(0), ("$channel", channel.Bytes.ToArray()));

    /// <inheritdoc/>
    public IReadOnlyList<StoredChannel> ReadChannels() => Read(
        "SELECT channel_id, name, joined_at, cursor, acknowledged, shown, epoch, epoch_state, receiving, leaving FROM channels JOIN progress USING (channel_id)",
        row => new StoredChannel
        {
            Channel = row.ChannelId(0),
            Name = row.Name(1),
            JoinedAt = row.Sequence(2),
            Cursor = row.Sequence(3),
            Acknowledged = row.Sequence(4),
            Shown = row.Sequence(5),
            Epoch = row.Epoch(6),
            EpochState = row.Secret(7),
            Receiving = row.Secret(8),
            IsLeaving = row.Number(9) == 1,
        });

    /// <inheritdoc/>
    public Secret? ReadSending(ChannelId channel, Epoch epoch) => ReadState("SELECT state FROM sending WHERE channel_id = $channel AND epoch = $epoch", channel, epoch);

    /// <inheritdoc/>
    public Secret? ReadPending(ChannelId channel, Epoch epoch) => ReadState("SELECT state FROM pending WHERE channel_id = $channel AND epoch = $epoch", channel, epoch);

    /// <inheritdoc/>
    public StoredOwnKeys? ReadOwnKeys(ChannelId channel)
    {
        var rows = Read(
            "SELECT epoch, since, sent FROM own_keys WHERE channel_id = $channel",
            row => new StoredOwnKeys(row.Epoch(0), DateTimeOffset.FromUnixTimeSeconds(row.Number(1)), (ulong)row.Number(2)), ("$channel", channel.Bytes.ToArray()));
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <inheritdoc/>
    public Epoch? ReadLeft(ChannelId channel)
    {
        var rows = Read("SELECT epoch FROM left_channels WHERE channel_id = $channel", row => row.Epoch(0), ("$channel", channel.Bytes.ToArray()));
        return rows.Count > 0 ? rows[0] : null;
    }

    /// <inheritdoc/>
    public void Write(Action<IAgentStoreTransaction> changes)
    {
        lock (_gate)
        {
            try
            {
                _progress.Sync();
                WriteTogether(changes);
            }
            catch (SqliteException e)
            {
                throw StoreFailures.Translate(e, _connection.DataSource);
            }
        }
    }

    /// <inheritdoc/>
    public void WriteProgress(ChannelId channel, Sequence acknowledged, Sequence shown)
    {
        lock (_gate)
        {
            try
            {
                _progress.Write(channel, acknowledged, shown);
            }
            catch (SqliteException e)
            {
                throw StoreFailures.Translate(e, _connection.DataSource);
            }
        }
    }

    /// <summary>Encrypts the whole store anew, in one transaction of SQLCipher's: a crash leaves it with the old key or with the new one.</summary>
    /// <param name="newKey">32 bytes.</param>
    /// <exception cref="SkytaleException">It cannot be written; the old key holds.</exception>
    public void Rekey(ReadOnlySpan<byte> newKey)
    {
        lock (_gate)
        {
            try
            {
                _progress.Sync();
                SqliteDatabase.Rekey(_connection, newKey);
            }
            catch (Exception e) when (e is SqliteStoreException or SqliteException)
            {
                throw StoreFailures.Translate(e, _connection.DataSource);
            }
        }
    }

    /// <summary>Closes the database and lets another process open it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _statements.Dispose();
            _connection.Dispose();
            _lock.Dispose();
        }
    }

    private void WriteTogether(Action<IAgentStoreTransaction> changes)
    {
        _statements.For("BEGIN IMMEDIATE").Run();
        var isCommitted = false;
        try
        {
            changes(new SqlCipherTransaction(_statements, _progress));
            _statements.For("COMMIT").Run();
            isCommitted = true;
        }
        finally
        {
            // Some failures have ended the transaction already.
            if (!isCommitted && raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
                _statements.For("ROLLBACK").Run();
        }
    }

    private Secret? ReadState(string sql, ChannelId channel, Epoch epoch) =>
        Read(sql, row => row.Secret(0), ("$channel", channel.Bytes.ToArray()), ("$epoch", (long)epoch.Value)).SingleOrDefault();

    private List<T> Read<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        lock (_gate)
        {
            try
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in parameters)
                    command.Parameters.AddWithValue(name, value);
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                    rows.Add(read(new Row(reader)));
                return rows;
            }
            catch (SqliteException e)
            {
                throw StoreFailures.Translate(e, _connection.DataSource);
            }
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        if (version > Schema.Version)
            throw new SkytaleException(SkytaleError.StoreCorrupt, $"{path} was written by a newer Skytale (schema {version}).", "Update this program.");
        if (version == Schema.Version)
            return;
        using var transaction = connection.BeginTransaction();
        command.Transaction = transaction;
        foreach (var upgrade in Schema.Upgrades.Skip((int)version).Append($"PRAGMA user_version = {Schema.Version}"))
        {
#pragma warning disable CA2100 // Constants of Schema, and its number.
            command.CommandText = upgrade;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }
}
