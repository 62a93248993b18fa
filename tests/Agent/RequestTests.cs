using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>A question and its answer.</summary>
public sealed class RequestTests
{
    [Fact(Timeout = 90_000)]
    public async Task A_reply_comes_to_whoever_asked_while_nobody_reads_and_while_somebody_does()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            using var stop = new CancellationTokenSource();
            var answering = AnswerAsync(atBob, stop.Token);
            using (var reply = await atAlice.RequestAsync("one", cancellationToken: TestContext.Current.CancellationToken).Soon())
                (reply.Text, reply.Sender).ShouldBe(("re: one", bob.Id));

            // The message in front of the reply stays unread, and the reply comes all the same.
            await atBob.SendAsync("in front").Soon();
            using (var reply = await atAlice.RequestAsync("two", cancellationToken: TestContext.Current.CancellationToken).Soon())
                reply.Text.ShouldBe("re: two");

            var reading = atAlice.TakeAsync(2);
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => atAlice.RequestAsync($"{i}"))).Soon();
            replies.Select(reply => reply.Text).ShouldBe(Enumerable.Range(0, 20).Select(i => $"re: {i}"));
            foreach (var reply in replies)
                reply.Dispose();
            await atBob.SendAsync("the end").Soon();
            (await reading).ShouldBe(["in front", "the end"]);
            await stop.CancelAsync();
            await answering;
        }
    }

    [Fact(Timeout = 90_000)]
    public async Task Without_a_reply_in_time_the_request_fails_and_a_late_one_is_a_message()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var failure = await Should.ThrowAsync<SkytaleException>(() => atAlice.RequestAsync("anybody?", new RequestOptions { Timeout = TimeSpan.FromMilliseconds(300) }));
            failure.Error.ShouldBe(SkytaleError.NoReply);

            await foreach (var question in atBob.Messages.WithCancellation(TestContext.Current.CancellationToken))
            {
                using (question)
                    await question.ReplyAsync("too late").Soon();
                break;
            }
            (await atAlice.TakeAsync(1)).ShouldBe(["too late"]);
        }
    }

    [Fact(Timeout = 90_000)]
    public async Task A_reply_of_another_than_who_was_asked_is_a_message()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            using var stop = new CancellationTokenSource();
            var answering = AnswerAsync(atBob, stop.Token);
            var request = new RequestOptions { Timeout = TimeSpan.FromMilliseconds(1500), From = alice.Id };
            (await Should.ThrowAsync<SkytaleException>(() => atAlice.RequestAsync("me", request))).Error.ShouldBe(SkytaleError.NoReply);
            (await atAlice.TakeAsync(1)).ShouldBe(["re: me"]);
            await stop.CancelAsync();
            await answering;
        }
    }

    private static async Task AnswerAsync(SkytaleChannel channel, CancellationToken stop)
    {
        try
        {
            await foreach (var message in channel.Messages.WithCancellation(stop))
            {
                using (message)
                    await message.ReplyAsync($"re: {message.Text}", cancellationToken: stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
