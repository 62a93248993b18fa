using Npgsql;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>What an entry changes beside the order: members, the Welcomes that wait, and what is kept to go back to. In the entry's transaction.</summary>
internal static class GroupChanges
{
    internal static async Task WriteAsync(NpgsqlConnection connection, PendingAppend commit, AgentKeys agents)
    {
        var change = commit.Change!;
        var channel = commit.Channel.Bytes.ToArray();
        var added = change.Added.Select(agents.KeyOf).ToArray();
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "DELETE FROM channel_members WHERE channel = $1 AND agent = ANY($2)", channel, change.Removed.Select(agents.KeyOf).ToArray());
        Add(batch, "INSERT INTO channel_members (agent, channel) SELECT unnest($2), $1 ON CONFLICT DO NOTHING", channel, added);
        if (change.Voids is { } voids)
        {
            Add(batch, "DELETE FROM waiting_welcomes WHERE channel = $1 AND sequence >= $2", channel, (long)voids.From.Value);
            Add(batch, DeleteUnwaited, channel);
        }
        if (change.Welcome is { } welcome)
        {
            var sequence = (long)commit.Entry.Sequence.Value;
            Add(batch, "INSERT INTO channel_welcomes (channel, sequence, welcome) VALUES ($1, $2, $3)", channel, sequence, welcome.ToArray());
            Add(
                batch,
                "INSERT INTO waiting_welcomes (agent, channel, sequence) SELECT unnest($3), $1, $2 ON CONFLICT (agent, channel) DO UPDATE SET sequence = excluded.sequence",
                channel, sequence, added);
            Add(batch, DeleteUnwaited, channel);
        }
        Add(
            batch, "DELETE FROM channel_returns WHERE channel = $1 AND (sequence < $2 OR sequence >= $3)",
            channel, (long)change.KeptFrom.Value, (long)(change.Voids?.From.Value ?? long.MaxValue));
        if (change.Before is { } before)
            Add(batch, "INSERT INTO channel_returns (channel, sequence, before) VALUES ($1, $2, $3)", channel, (long)commit.Entry.Sequence.Value, before.ToArray());
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Marks the voided entries that are stored; to be done before others take their ids.</summary>
    internal static async Task VoidAsync(NpgsqlConnection connection, PendingAppend notice)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(
            batch, "UPDATE channel_entries SET void = true WHERE channel = $1 AND sequence >= $2", notice.Channel.Bytes.ToArray(), (long)notice.Change!.Voids!.From.Value);
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>A Welcome goes with the last that it waits for.</summary>
    internal const string DeleteUnwaited = """
        DELETE FROM channel_welcomes v WHERE v.channel = $1
        AND NOT EXISTS (SELECT FROM waiting_welcomes w WHERE w.channel = v.channel AND w.sequence = v.sequence)
        """;

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
