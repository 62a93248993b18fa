using Npgsql;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>Every channel in a Postgres database, for relays on several machines: unique keys decide between writers.</summary>
public sealed class PostgresChannelLog : IChannelLog
{
    private const string EntryColumns = "sequence, epoch, sender, at, message_id, commit_hash, frame";

    private readonly AgentKeys _agents = new();
    private readonly NpgsqlDataSource _source;
    private readonly bool _ownsSource;
    private readonly PostgresWriter _writer;

    private PostgresChannelLog(NpgsqlDataSource source, bool ownsSource)
    {
        (_source, _ownsSource) = (source, ownsSource);
        _writer = new PostgresWriter(source, _agents);
    }

    /// <summary>Opens the log with connections of its own.</summary>
    /// <exception cref="ChannelLogException">The database cannot be reached, or is of a newer version.</exception>
    public static async Task<PostgresChannelLog> OpenAsync(string connectionString)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        try
        {
            return await OpenAsync(source, ownsSource: true);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the log, with its tables made or brought up to date.</summary>
    /// <param name="connections">The caller's to dispose, later than the log.</param>
    /// <exception cref="ChannelLogException">The database cannot be reached, or is of a newer version.</exception>
    public static Task<PostgresChannelLog> OpenAsync(NpgsqlDataSource connections) => OpenAsync(connections, ownsSource: false);

    private static async Task<PostgresChannelLog> OpenAsync(NpgsqlDataSource source, bool ownsSource)
    {
        try
        {
            await PostgresSchema.EnsureAsync(source);
            return new PostgresChannelLog(source, ownsSource);
        }
        catch (Exception e) when (PostgresFailure.Translate(e) is { } failure)
        {
            throw new ChannelLogException(failure.Error, failure.Message, e);
        }
    }

    public Task<ChannelCreation> CreateAsync(ChannelRecord record, ReadOnlyMemory<byte> state) => TranslatedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = Command(
            connection,
            """
            INSERT INTO channels (id, name, creator, creation_hash, created_at, epoch, last_sequence, bytes, state)
            VALUES ($1, $2, $3, $4, $5, 0, 0, 0, $6) ON CONFLICT DO NOTHING
            """,
            record.Id.Bytes.ToArray(), record.Name.ToString(), _agents.KeyOf(record.Creator), record.CreationHash.Memory.ToArray(), record.CreatedAt.UtcDateTime, state.ToArray());
        if (await insert.ExecuteNonQueryAsync() == 0)
        {
            await using var find = Command(connection, "SELECT EXISTS (SELECT FROM channels WHERE id = $1)", record.Id.Bytes.ToArray());
            return await find.ExecuteScalarAsync() is true ? ChannelCreation.IdTaken : ChannelCreation.NameTaken;
        }
        await using var member = Command(connection, "INSERT INTO channel_members (agent, channel) VALUES ($1, $2)", _agents.KeyOf(record.Creator), record.Id.Bytes.ToArray());
        await member.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return ChannelCreation.Created;
    });

    public Task AppendAsync(ChannelId channel, LogEntry entry, GroupChange? change = null) => _writer.AppendAsync(new PendingAppend(channel, entry, change));

    public async Task<StoredChannel?> LoadAsync(ChannelId channel)
    {
        var acknowledged = await ReadAsync(
            "SELECT agent, sequence FROM channel_acknowledgements WHERE channel = $1",
            row => KeyValuePair.Create(_agents.AgentOf(row.GetFieldValue<byte[]>(0)), SequenceAt(row, 1)), channel.Bytes.ToArray());
        var found = await ReadAsync(
            "SELECT name, creator, creation_hash, created_at, epoch, last_sequence, bytes, messages_trimmed, commits_trimmed, state FROM channels WHERE id = $1",
            row => new StoredChannel(
                new ChannelRecord(channel, NameOf(row.GetString(0)), _agents.AgentOf(row.GetFieldValue<byte[]>(1)), new Opaque(row.GetFieldValue<byte[]>(2)), TimeAt(row, 3)),
                new Epoch((ulong)row.GetInt64(4)), SequenceAt(row, 5), SequenceAt(row, 7), SequenceAt(row, 8), row.GetInt64(6), row.GetFieldValue<byte[]>(9),
                new Dictionary<AgentId, Sequence>(acknowledged)),
            channel.Bytes.ToArray());
        return found.SingleOrDefault();
    }

    public async Task<IReadOnlyList<LogEntry>> ReadAsync(ChannelId channel, Sequence after, int maxBytes) =>
        // The sum stands in front of each row: the first comes whatever its size.
        await ReadAsync(
            $"""
            SELECT {EntryColumns} FROM (
                SELECT *, sum(length(frame)) OVER (ORDER BY sequence) AS total, row_number() OVER (ORDER BY sequence) AS place
                FROM (SELECT * FROM channel_entries WHERE channel = $1 AND sequence > $2 ORDER BY sequence LIMIT 4096) AS next
            ) AS summed WHERE total <= $3 OR place = 1 ORDER BY sequence
            """,
            EntryOf, channel.Bytes.ToArray(), (long)Math.Min(after.Value, long.MaxValue), (long)maxBytes);

    public async Task<Sequence?> FindMessageAsync(ChannelId channel, AgentId sender, MessageId id)
    {
        var bytes = new byte[MessageId.Size];
        id.WriteTo(bytes);
        var found = await ReadAsync(
            "SELECT sequence FROM channel_entries WHERE message_id = $3 AND channel = $1 AND sender = $2 AND NOT void",
            row => (Sequence?)SequenceAt(row, 0), channel.Bytes.ToArray(), _agents.KeyOf(sender), bytes);
        return found.SingleOrDefault();
    }

    public async Task<CommitEntry?> FindCommitAsync(ChannelId channel, Epoch epoch)
    {
        var found = await ReadAsync(
            $"SELECT {EntryColumns} FROM channel_entries WHERE channel = $1 AND epoch = $2 AND commit_hash IS NOT NULL AND NOT void",
            row => (CommitEntry)EntryOf(row), channel.Bytes.ToArray(), (long)epoch.Value);
        return found.SingleOrDefault();
    }

    public async Task<byte[]?> ReadBeforeAsync(ChannelId channel, Sequence commit)
    {
        var found = await ReadAsync(
            "SELECT before FROM channel_returns WHERE channel = $1 AND sequence = $2", row => row.GetFieldValue<byte[]>(0), channel.Bytes.ToArray(), (long)commit.Value);
        return found.SingleOrDefault();
    }

    public Task AcknowledgeAsync(ChannelId channel, IReadOnlyDictionary<AgentId, Sequence> acknowledged) => RunAsync(
        """
        INSERT INTO channel_acknowledgements (channel, agent, sequence) SELECT $1, * FROM unnest($2, $3)
        ON CONFLICT (channel, agent) DO UPDATE SET sequence = greatest(channel_acknowledgements.sequence, excluded.sequence)
        """,
        channel.Bytes.ToArray(), acknowledged.Keys.Select(_agents.KeyOf).ToArray(), acknowledged.Values.Select(sequence => (long)sequence.Value).ToArray());

    public Task<long> TrimAsync(ChannelId channel, Sequence messages, Sequence commits) => TranslatedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(
            connection,
            """
            WITH bounds AS (
                SELECT least($2, last_sequence) AS messages,
                       least($3, (SELECT coalesce(max(sequence) - 1, 0) FROM channel_entries WHERE channel = $1 AND message_id IS NULL)) AS commits
                FROM channels WHERE id = $1
            ), gone AS (
                DELETE FROM channel_entries e USING bounds b
                WHERE e.channel = $1 AND e.sequence <= CASE WHEN e.message_id IS NOT NULL THEN b.messages ELSE b.commits END
                RETURNING length(e.frame) AS bytes
            ), freed AS (SELECT coalesce(sum(bytes), 0)::bigint AS bytes FROM gone)
            UPDATE channels c SET bytes = c.bytes - f.bytes, messages_trimmed = greatest(c.messages_trimmed, b.messages), commits_trimmed = greatest(c.commits_trimmed, b.commits)
            FROM bounds b, freed f WHERE c.id = $1 RETURNING f.bytes
            """,
            channel.Bytes.ToArray(), (long)Math.Min(messages.Value, long.MaxValue), (long)Math.Min(commits.Value, long.MaxValue));
        return await command.ExecuteScalarAsync() is long freed ? freed : 0;
    });

    public async Task<IReadOnlyList<ChannelId>> ReadChannelsAsync(AgentId agent) =>
        await ReadAsync("SELECT channel FROM channel_members WHERE agent = $1", row => new ChannelId(row.GetFieldValue<byte[]>(0)), _agents.KeyOf(agent));

    public async Task<IReadOnlyList<ChannelId>> ReadIdsAsync(ChannelId? after, int most) =>
        await ReadAsync("SELECT id FROM channels WHERE id > $1 ORDER BY id LIMIT $2", row => new ChannelId(row.GetFieldValue<byte[]>(0)), after?.Bytes.ToArray() ?? [], most);

    public async Task<AgentLoad> ReadLoadAsync(AgentId agent)
    {
        var load = await ReadAsync(
            "SELECT (SELECT count(*) FROM channel_members WHERE agent = $1), (SELECT count(*) FROM waiting_welcomes WHERE agent = $1)",
            row => new AgentLoad((int)row.GetInt64(0), (int)row.GetInt64(1)), _agents.KeyOf(agent));
        return load.Single();
    }

    public async Task<IReadOnlyList<WaitingWelcome>> ReadWelcomesAsync(AgentId agent) =>
        await ReadAsync(
            """
            SELECT c.id, c.name, w.sequence, v.welcome FROM waiting_welcomes w
            JOIN channels c ON c.id = w.channel JOIN channel_welcomes v ON v.channel = w.channel AND v.sequence = w.sequence WHERE w.agent = $1
            """,
            row => new WaitingWelcome(new ChannelId(row.GetFieldValue<byte[]>(0)), NameOf(row.GetString(1)), SequenceAt(row, 2), row.GetFieldValue<byte[]>(3)),
            _agents.KeyOf(agent));

    public Task RemoveWelcomeAsync(AgentId agent, ChannelId channel, Sequence sequence) => TranslatedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var remove = Command(
            connection, "DELETE FROM waiting_welcomes WHERE agent = $1 AND channel = $2 AND sequence = $3", _agents.KeyOf(agent), channel.Bytes.ToArray(), (long)Math.Min(sequence.Value, long.MaxValue));
        await remove.ExecuteNonQueryAsync();
        await using var sweep = Command(connection, GroupChanges.DeleteUnwaited, channel.Bytes.ToArray());
        await sweep.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return true;
    });

    public Task ProbeAsync() => TranslatedAsync(async () =>
    {
        // A standby reads and takes no statement that could write.
        await using var nothing = _source.CreateCommand("DELETE FROM channels WHERE FALSE");
        await nothing.ExecuteNonQueryAsync();
        return true;
    });

    /// <summary>Writes what was asked for, and closes the connections that are its own.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        if (_ownsSource)
            await _source.DisposeAsync();
    }

    private Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values) => TranslatedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    });

    private Task<int> RunAsync(string sql, params object[] values) => TranslatedAsync(async () =>
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    });

    private static async Task<T> TranslatedAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (e is not ChannelLogException && PostgresFailure.Translate(e) is { } failure)
        {
            throw new ChannelLogException(failure.Error, failure.Message, e);
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
#pragma warning disable CA2100 // The texts are this file's.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private LogEntry EntryOf(NpgsqlDataReader row)
    {
        var (sequence, epoch, sender, at, frame) = (SequenceAt(row, 0), new Epoch((ulong)row.GetInt64(1)), _agents.AgentOf(row.GetFieldValue<byte[]>(2)), TimeAt(row, 3), row.GetFieldValue<byte[]>(6));
        if (!row.IsDBNull(4))
            return new MessageEntry(sequence, epoch, sender, at, MessageId.FromBytes(row.GetFieldValue<byte[]>(4)), frame);
        return row.IsDBNull(5)
            ? new NoticeEntry(sequence, epoch, sender, at, frame)
            : new CommitEntry(sequence, epoch, sender, at, new Opaque(row.GetFieldValue<byte[]>(5)), frame);
    }

    private static Sequence SequenceAt(NpgsqlDataReader row, int column) => new((ulong)row.GetInt64(column));

    private static DateTimeOffset TimeAt(NpgsqlDataReader row, int column) => new(row.GetFieldValue<DateTime>(column));

    private static ChannelName NameOf(string text) => ChannelName.TryParse(text, out var name) ? name : throw new InvalidDataException($"{text} is not a channel name");
}
