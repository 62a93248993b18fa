using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>Channels in Postgres that a relay of the first version wrote.</summary>
public sealed class LogUpgradeTests(PostgresServer postgres)
{
    private const int Timeout = 120_000;

    /// <summary>From the last version back to the first: what the steps between them added is taken away.</summary>
    private const string BackToTheFirst =
        """
        DROP TABLE channel_returns;
        DROP INDEX channel_entries_commits, channel_entries_messages, channel_entries_notices;
        ALTER TABLE channel_entries DROP COLUMN void;
        CREATE UNIQUE INDEX channel_entries_commits ON channel_entries (channel, epoch) WHERE commit_hash IS NOT NULL;
        CREATE UNIQUE INDEX channel_entries_messages ON channel_entries (message_id, channel, sender) WHERE message_id IS NOT NULL;
        UPDATE channel_log_version SET version = 1;
        """;

    [Fact(Timeout = Timeout)]
    public async Task Channels_of_the_first_version_go_on_under_the_last()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var database = await postgres.CreateDatabaseAsync();
        await using var world = await World.StartAsync($"--ConnectionStrings:Postgres={database}");
        await using var talk = await Talk.BeginAsync(world);
        await talk.SayAsync("before");
        await world.StopServerAsync();
        await postgres.ExecuteAsync(BackToTheFirst, database);

        await world.StartServerAsync($"--ConnectionStrings:Postgres={database}");
        await talk.HeardAsync();
        await talk.SayAsync("behind");
        await talk.ChangeKeysAsync();
        await talk.SayAsync("in the next epoch");
        await talk.HeardAsync();
    }
}
