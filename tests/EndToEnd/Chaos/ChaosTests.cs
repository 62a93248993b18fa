using Skytale.Chaos;
using Skytale.Chaos.Running;

namespace Skytale.Tests.EndToEnd.Chaos;

/// <summary>A short run of <c>scripts/chaos</c>: relays and agents killed while everybody sends.</summary>
public sealed class ChaosTests
{
    [Fact(Timeout = 600_000)]
    [Trait("Category", "Chaos")]
    public async Task Killed_relays_senders_receivers_committers_and_joiners_lose_nothing_reorder_nothing_and_show_nothing_again()
    {
        var options = ChaosOptions.Parse(["--rounds", "12", "--seed", "4", "--kill", "all"]).ShouldNotBeNull();
        var output = new StringWriter();
        var counts = await ChaosRun.RunAsync(options, TextWriter.Synchronized(output), TestContext.Current.CancellationToken);
        counts.IsGood.ShouldBeTrue(output.ToString());
        counts.Rounds.ShouldBe(options.Rounds, output.ToString());
        counts.Accepted.ShouldBeGreaterThan(0);
        counts.Commits.ShouldBeGreaterThan(0);
        counts.Shown.ShouldBeGreaterThan(2 * counts.Accepted, "three others are shown most messages");
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--kill", "everybody")]
    [InlineData("--kill", "postgres")]
    [InlineData("--seed")]
    [InlineData("--colour", "red")]
    public void Arguments_that_say_nothing_are_refused(params string[] arguments) => ChaosOptions.Parse(arguments).ShouldBeNull();
}
