using System.Security.Cryptography;
using Skytale.Agent.Channels;
using Skytale.Mls.Codec;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>Messages that no frame holds.</summary>
[Trait("Category", "Slow")]
public sealed class PartsTests
{
    [Fact(Timeout = 90_000)]
    public async Task A_large_message_arrives_whole_and_is_shown_again_whole_after_a_crash()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (home, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var large = RandomNumberGenerator.GetBytes((5 * Sending.MaxContent) + 1);
            await atAlice.SendAsync("before").Soon();
            var sent = await atAlice.SendAsync(large, new SendOptions { ContentType = "application/octet-stream" }).Soon();

            (await atBob.TakeAsync(1)).ShouldBe(["before"]);
            (await NextAsync(atBob)).ShouldBe((sent.Id, sent.Sequence, false, Hash(large)));
            await bob.DisposeAsync();

            await using var again = await world.ConnectAsync(home);
            (await NextAsync(again.FindChannel(atAlice.Name.ToString())!)).ShouldBe((sent.Id, sent.Sequence, true, Hash(large)));
            await atAlice.SendAsync("the end").Soon();
            (await again.FindChannel(atAlice.Name.ToString())!.TakeAsync(2))[1].ShouldBe("the end");
        }
    }

    [Fact(Timeout = 90_000)]
    public async Task A_part_that_is_missing_is_reported_and_blocks_nothing()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var rejected = new List<string>();
            atBob.MessageRejected += (_, entry) => rejected.Add(entry.Reason);
            var id = new MessageId(7);
            await SendPartAsync(atAlice, new Part(id, 0, 3), "one ");
            await SendPartAsync(atAlice, new Part(id, 2, 3), "three");
            await SendPartAsync(atAlice, new Part(new MessageId(8), 1, 2), "no first");
            await SendPartAsync(atAlice, new Part(new MessageId(9), 0, Parts.MaxParts + 1), "too many");
            await SendPartAsync(atAlice, new Part(new MessageId(10), 0, 2), "wh");
            await atAlice.SendAsync("beside").Soon();
            await SendPartAsync(atAlice, new Part(new MessageId(10), 1, 2), "ole");

            (await atBob.TakeAsync(2)).ShouldBe(["beside", "whole"]);
            rejected.ShouldBe(["part 2 of 3 does not follow what came before, or is too much", "part 1 of 2, whose first is missing", $"a message of {Parts.MaxParts + 1} parts"]);
            atBob.Session.Parts.First.ShouldBeNull();
        }
    }

    [Fact(Timeout = 90_000)]
    public async Task What_a_removed_member_did_not_finish_is_given_up()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var rejected = new TaskCompletionSource<RejectedMessage>();
            atAlice.MessageRejected += (_, entry) => rejected.TrySetResult(entry);
            await SendPartAsync(atBob, new Part(new MessageId(7), 0, 2), "half");
            await atAlice.RemoveMemberAsync(bob.Id).Soon();

            (await rejected.Task.Soon()).Reason.ShouldBe("a message of 2 parts, of which 1 came");
            atAlice.Session.Parts.First.ShouldBeNull();
        }
    }

    private static async Task SendPartAsync(SkytaleChannel channel, Part part, string text)
    {
        var plaintext = new TlsWriter();
        Plaintext.BeginContent(plaintext, new ContentHeader("", null, part));
        plaintext.WriteFixed(System.Text.Encoding.UTF8.GetBytes(text));
        await new Outbox(channel.Session).SendAsync(new Outgoing(channel.Session.Sending.NewMessageId(), plaintext, default), default).Soon();
    }

    private static async Task<(MessageId Id, Sequence Sequence, bool Redelivered, string Hash)> NextAsync(SkytaleChannel channel)
    {
        using var timeout = new CancellationTokenSource(Reading.Patience);
        await foreach (var message in channel.Messages.WithCancellation(timeout.Token))
        {
            using (message)
                return (message.Id, message.Sequence, message.Redelivered, Hash(message.Content));
        }
        throw new ShouldAssertException("The channel is over.");
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content));
}
