using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>Postgres goes away under a service that is in use: callers are told, nothing hangs, nothing accepted is lost, and it heals by itself.</summary>
public sealed class LossTests
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task While_it_is_away_callers_are_told_and_when_it_is_back_all_goes_on()
    {
        await using var postgres = await StartAsync();
        await using var world = await World.StartAsync($"--ConnectionStrings:Postgres={On(postgres)}");
        await using var talk = await Talk.BeginAsync(world);
        await talk.SayAsync("before");

        await postgres.StopAsync();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Should.ThrowAsync<SkytaleException>(() => world.UseNewKeyAsync()))))
            answer.Refusal.ShouldBe(ErrorCode.Unavailable);
        var meanwhile = talk.SayAsync("meanwhile");
        meanwhile.IsCompleted.ShouldBeFalse();

        await postgres.StartAsync();
        await meanwhile.Soon();
        await talk.SayAsync("behind");
        await talk.HeardAsync();
        await world.WhenServedAsync();
        (await world.NewAgentAsync("carol")).Agent.ShouldNotBeNull();
    }

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public async Task One_that_has_stopped_answering_is_as_good_as_one_that_is_away()
    {
        await using var postgres = await StartAsync();
        await using var world = await World.StartAsync($"--ConnectionStrings:Postgres={On(postgres)};Timeout=2;Command Timeout=2");
        await using var talk = await Talk.BeginAsync(world);
        await talk.SayAsync("before");

        using (postgres.Freeze())
        {
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Should.ThrowAsync<SkytaleException>(() => world.UseNewKeyAsync()))))
                answer.Refusal.ShouldBe(ErrorCode.Unavailable);
        }
        await world.WhenServedAsync();
        await talk.SayAsync("behind");
        await talk.HeardAsync();
    }

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public async Task When_a_standby_takes_over_every_message_that_was_accepted_is_there_in_its_order()
    {
        await using var primary = await StartAsync();
        await using var standby = await PostgresCluster.CreateStandbyAsync(primary);
        await standby.StartAsync();
        // What is accepted is at both: a standby that lags would be missing the last of it.
        await primary.ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await primary.ReloadAsync();
        // The one that takes no writes stands first: it is not the order that decides.
        await using var world = await World.StartAsync(
            $"--ConnectionStrings:Postgres=Host=127.0.0.1:{standby.Port},127.0.0.1:{primary.Port};Username=skytale;Database=postgres;Target Session Attributes=primary");
        await using var talk = await Talk.BeginAsync(world);

        using var enough = new CancellationTokenSource();
        var talking = talk.GoOnAsync(enough.Token);
        await talk.SaidAsync(100);
        await primary.StopAsync();
        var saidBefore = talk.Said;
        await standby.PromoteAsync();
        await talk.SaidAsync(saidBefore + 100);
        await enough.CancelAsync();
        await talking;

        await talk.HeardAsync();
        await world.WhenServedAsync();
        await talk.ChangeKeysAsync();
        await talk.SayAsync("in the next epoch");
        await talk.HeardAsync();
    }

    private static async Task<PostgresCluster> StartAsync()
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var cluster = await PostgresCluster.CreateAsync(onLoopback: true);
        await cluster.StartAsync();
        return cluster;
    }

    private static string On(PostgresCluster cluster) => $"Host=127.0.0.1;Port={cluster.Port};Username=skytale;Database=postgres;Maximum Pool Size=20";
}
