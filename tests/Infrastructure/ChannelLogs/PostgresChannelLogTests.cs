using Skytale.Application.Ports;
using Skytale.ChannelLogs.Postgres;
using Skytale.Conformance.ChannelLogs;
using Skytale.Tests;
using static Skytale.Conformance.ChannelLogs.LogKit;

namespace Skytale.Infrastructure.Tests.ChannelLogs;

public sealed class PostgresChannelLogTests(PostgresServer server) : DurableChannelLogConformance
{
    private string? _connectionString;

    protected override async Task<IChannelLog> OpenAsync()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        _connectionString ??= await server.CreateDatabaseAsync();
        return await PostgresChannelLog.OpenAsync(_connectionString);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_two_writers_of_one_channel_one_stores_each_entry_and_the_other_is_told()
    {
        var record = await NewAsync();
        await using var other = await OpenAsync();

        var both = Enumerable.Range(1, 50).SelectMany(i => new[] { Log.AppendAsync(record.Id, Message((ulong)i)), other.AppendAsync(record.Id, Message((ulong)i)) }).ToList();
        await Task.WhenAll(both.Select(append => Record.ExceptionAsync(() => append).AsTask()));

        both.Where(append => append.IsFaulted).ShouldAllBe(append => ((ChannelLogException)append.Exception!.InnerException!).Error == ChannelLogError.Conflict);
        var stored = both.Count(append => append.IsCompletedSuccessfully);
        (await Log.LoadAsync(record.Id)).ShouldNotBeNull().Last.Value.ShouldBe((ulong)stored);
        (await Log.ReadAsync(record.Id, Protocol.Sequence.Start, int.MaxValue)).Count.ShouldBe(stored);
    }

    [Fact(Timeout = Patience)]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using (var source = Npgsql.NpgsqlDataSource.Create(_connectionString!))
        await using (var command = source.CreateCommand("UPDATE channel_log_version SET version = 99"))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<ChannelLogException>(() => OpenAsync())).Error.ShouldBe(ChannelLogError.Corrupt);
    }

    [Fact(Timeout = Patience)]
    public async Task A_probe_of_a_database_that_takes_no_writes_fails()
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(_connectionString).Database;
        await using var source = Npgsql.NpgsqlDataSource.Create(_connectionString!);
        await RunAsync($"ALTER DATABASE {database} SET default_transaction_read_only = on");
        await RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await Record.ExceptionAsync(Log.ProbeAsync); // Perhaps on a connection of before.
        var refused = await Should.ThrowAsync<ChannelLogException>(Log.ProbeAsync());
        (refused.Error, ((Npgsql.PostgresException)refused.InnerException!).SqlState).ShouldBe((ChannelLogError.Unavailable, Npgsql.PostgresErrorCodes.ReadOnlySqlTransaction));

        async Task RunAsync(string sql)
        {
#pragma warning disable CA2100 // The name is the test's own.
            await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_database_that_cannot_be_reached_is_unavailable() =>
        (await Should.ThrowAsync<ChannelLogException>(() => PostgresChannelLog.OpenAsync("Host=/nonexistent;Username=nobody;Database=none;Timeout=2"))).Error.ShouldBe(ChannelLogError.Unavailable);
}
