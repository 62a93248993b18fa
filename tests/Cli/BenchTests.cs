using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class BenchTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task Round_trips_and_messages_are_measured_and_the_messages_are_sent()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("bench", "alice", "bob");

        var trips = await user.JsonAsync("bench", "--count", "20", "--agent", "alice");
        trips["messages"].ShouldBeNull();
        ShouldBeTimes(trips["round_trips_ms"]);

        var both = await user.JsonAsync("bench", channel, "--count", "30", "--size", "300", "--together", "7", "--agent", "alice");
        ShouldBeTimes(both["round_trips_ms"]);
        var sent = both["messages"]!;
        (sent["count"]!.GetValue<int>(), sent["size"]!.GetValue<int>()).ShouldBe((30, 300));
        sent["per_second"]!.GetValue<double>().ShouldBePositive();
        ShouldBeTimes(sent["accepted_ms"]);

        var taken = await user.RunAsync("listen", channel, "--agent", "bob", "--count", "30", "--json");
        taken.ShouldBeDone();
        taken.Output.Select(line => Convert.FromBase64String(JsonNode.Parse(line)!.Text("content_base64")).Length).ShouldBe(Enumerable.Repeat(300, 30));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_channel_that_the_agent_is_not_in_is_not_measured()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        (await user.RunAsync("bench", $"{user.Org}/test/nowhere", "--count", "1", "--agent", "alice", "--json")).ShouldFailInJson(1, "failed");
        (await user.RunAsync("bench", "--count", "0", "--agent", "alice")).ExitCode.ShouldBe(2);
    }

    private static void ShouldBeTimes(JsonNode? node)
    {
        var times = ((string[])["p50", "p95", "p99", "max"]).Select(name => node!.AsObject()[name]!.GetValue<double>()).ToList();
        times[0].ShouldBePositive();
        times.ShouldBeInOrder();
    }
}
