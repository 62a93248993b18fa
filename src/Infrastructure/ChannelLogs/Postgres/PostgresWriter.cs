using System.Threading.Channels;
using Npgsql;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>
/// Appends for all channels, in one transaction for whatever waits: the channels' ends are moved on first, which fails for those
/// that another writer has moved, and then all entries go in by one statement.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int MaxAppends = 4096;
    private const int MaxBytes = 8 << 20;

    private const string MoveEnds = """
        UPDATE channels c SET last_sequence = b.last, epoch = b.epoch_after, bytes = c.bytes + b.bytes, state = coalesce(b.state, c.state)
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS b(id, first, last, epoch_before, epoch_after, bytes, state)
        WHERE c.id = b.id AND c.last_sequence = b.first - 1 AND c.epoch = b.epoch_before
        RETURNING c.id
        """;

    private const string InsertEntries = """
        INSERT INTO channel_entries (channel, sequence, epoch, sender, at, message_id, commit_hash, frame, void)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    private readonly NpgsqlDataSource _source;
    private readonly AgentKeys _agents;
    private readonly Channel<PendingAppend> _queue = System.Threading.Channels.Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;

    internal PostgresWriter(NpgsqlDataSource source, AgentKeys agents)
    {
        _source = source;
        _agents = agents;
        _running = Task.Run(RunAsync);
    }

    internal Task AppendAsync(PendingAppend append)
    {
        if (!_queue.Writer.TryWrite(append))
            append.Fail(new ChannelLogException(ChannelLogError.Unavailable, "The channel log is closed."));
        return append.Stored;
    }

    /// <summary>Writes what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var runs = Gather();
            try
            {
                await WriteAsync(runs);
            }
            catch (Exception e) when (PostgresFailure.Translate(e) is { } failure)
            {
                foreach (var run in runs)
                    run.Refuse(failure);
            }
        }
    }

    private List<ChannelRun> Gather()
    {
        var runs = new Dictionary<ChannelId, ChannelRun>();
        var bytes = 0;
        for (var count = 0; count < MaxAppends && bytes < MaxBytes && _queue.Reader.TryRead(out var append); count++)
        {
            bytes += append.Entry.Encoded.Length;
            if (runs.TryGetValue(append.Channel, out var run))
                run.Add(append);
            else
                runs.Add(append.Channel, new ChannelRun(append));
        }
        // By id: two writers that lock the same channels do it in the same order.
        return [.. runs.OrderBy(run => run.Key.ToString(), StringComparer.Ordinal).Select(run => run.Value)];
    }

    private async Task WriteAsync(List<ChannelRun> runs)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var moved = await MoveEndsAsync(connection, runs);
        var standing = runs.Where(run => moved.Contains(run.Appends[0].Channel)).ToList();
        var appends = standing.SelectMany(run => run.Appends).ToList();
        foreach (var notice in appends.Where(append => append.Change?.Voids is not null))
            await GroupChanges.VoidAsync(connection, notice);
        if (appends.Count > 0)
            await InsertAsync(connection, appends, [.. standing.SelectMany(run => run.Appends.Select(run.IsVoid))]);
        foreach (var changing in appends.Where(append => append.Change is not null))
            await GroupChanges.WriteAsync(connection, changing, _agents);
        await transaction.CommitAsync();

        foreach (var append in appends)
            append.Complete();
        foreach (var run in runs.Except(standing))
            run.Refuse(new ChannelLogException(ChannelLogError.Conflict, $"Entry {run.First} of epoch {run.EpochBefore} does not follow what the channel has, or there is no such channel."));
    }

    private static async Task<HashSet<ChannelId>> MoveEndsAsync(NpgsqlConnection connection, List<ChannelRun> runs)
    {
        await using var command = new NpgsqlCommand(MoveEnds, connection);
        command.Parameters.Add(new() { Value = runs.Select(run => run.Appends[0].Channel.Bytes.ToArray()).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.First).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.Last).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.EpochBefore).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.EpochAfter).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.Bytes).ToArray() });
        command.Parameters.Add(new() { Value = runs.Select(run => run.State).ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bytea });
        await using var reader = await command.ExecuteReaderAsync();
        var moved = new HashSet<ChannelId>();
        while (await reader.ReadAsync())
            moved.Add(new ChannelId(reader.GetFieldValue<byte[]>(0)));
        return moved;
    }

    private async Task InsertAsync(NpgsqlConnection connection, List<PendingAppend> appends, bool[] areVoid)
    {
        const NpgsqlTypes.NpgsqlDbType bytes = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bytea;
        await using var command = new NpgsqlCommand(InsertEntries, connection);
        command.Parameters.Add(new() { Value = appends.Select(append => append.Channel.Bytes.ToArray()).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(append => (long)append.Entry.Sequence.Value).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(append => (long)append.Entry.Epoch.Value).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(append => _agents.KeyOf(append.Entry.Sender)).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(append => append.Entry.At.UtcDateTime).ToArray() });
        command.Parameters.Add(new() { Value = appends.Select(append => IdOf(append.Entry)).ToArray(), NpgsqlDbType = bytes });
        command.Parameters.Add(new() { Value = appends.Select(append => (append.Entry as CommitEntry)?.Hash.Memory.ToArray()).ToArray(), NpgsqlDbType = bytes });
        command.Parameters.Add(new() { Value = appends.Select(append => append.Entry.Encoded.ToArray()).ToArray() });
        command.Parameters.Add(new() { Value = areVoid });
        await command.ExecuteNonQueryAsync();
    }

    private static byte[]? IdOf(LogEntry entry)
    {
        if (entry is not MessageEntry message)
            return null;
        var id = new byte[MessageId.Size];
        message.MessageId.WriteTo(id);
        return id;
    }
}
