using System.Text.Json;
using Microsoft.Extensions.AI;
using Skytale.Extensions.AI;
using Skytale.Sdk;

namespace Skytale.Tests.Sdk;

/// <summary>A channel as a language model meets it.</summary>
public sealed class AIFunctionTests(OneServer one)
{
    [Fact(Timeout = 120_000)]
    public async Task A_model_sends_receives_and_sees_who_reads()
    {
        await using var alice = await one.Server.ConnectAgentAsync("ai-alice");
        await using var bob = await one.Server.ConnectAgentAsync("ai-bob");
        var channel = await alice.CreateChannelAsync("demo/ai");
        await channel.AddMemberAsync(bob.Id);
        await using var reader = new MessageReader(await bob.JoinAsync("demo/ai"));
        var (theirs, ours) = (channel.AsAIFunctions(), reader.AsAIFunctions());
        theirs.Select(function => function.Name).ShouldBe(["send_message", "receive_message", "list_members"]);

        (await CallAsync(theirs[0], "text", "from a model")).ShouldStartWith("Sent as message ");
        var received = await CallAsync(ours[1], "timeout_seconds", JsonDocument.Parse("60").RootElement);
        received.ShouldBe($"Message {received.Split(' ')[1]} from {alice.Id}:\nfrom a model");
        (await CallAsync(ours[1], "timeout_seconds", 0)).ShouldBe("No message came in time.");
        (await CallAsync(ours[2])).Split('\n').ShouldBe([alice.Id.ToString(), bob.Id.ToString()], ignoreOrder: true);
        (await CallAsync(theirs[0])).ShouldStartWith("Error: ");
        foreach (var function in theirs)
            function.JsonSchema.GetProperty("type").GetString().ShouldBe("object");
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_waited_for_in_vain_is_read_by_the_next_call()
    {
        await using var alice = await one.Server.ConnectAgentAsync("vain-alice");
        await using var bob = await one.Server.ConnectAgentAsync("vain-bob");
        var channel = await alice.CreateChannelAsync("demo/vain");
        await channel.AddMemberAsync(bob.Id);
        await using var reader = new MessageReader(await bob.JoinAsync("demo/vain"));
        (await reader.ReadAsync(TimeSpan.Zero)).ShouldBeNull();
        await channel.SendAsync("late");
        using var message = await reader.ReadAsync(TimeSpan.FromSeconds(60));
        message.ShouldNotBeNull().Text.ShouldBe("late");
        reader.HasEnded.ShouldBeFalse();
    }

    private static async Task<string> CallAsync(AIFunction function, string? name = null, object? value = null) =>
        (await function.InvokeAsync(new AIFunctionArguments(name is null ? [] : new Dictionary<string, object?> { [name] = value }), TestContext.Current.CancellationToken))!.ToString()!;
}
