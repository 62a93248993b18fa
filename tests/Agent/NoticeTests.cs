using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Skytale.Agent.Channels;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What members' agents tell one another in protected messages, which no application is shown.</summary>
public sealed class NoticeTests
{
    private const NoticeType Type = (NoticeType)60_001;

    [Fact(Timeout = 60_000)]
    public async Task A_notice_is_handled_while_nobody_reads_and_the_application_is_shown_the_messages_around_it()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var heard = Listen(atBob);
            await atAlice.SendAsync("before").Soon();
            var sent = await atAlice.Session.Sending.SendNoticeAsync(Type, "a notice"u8.ToArray(), default).Soon();
            await atAlice.SendAsync("behind").Soon();
            await atBob.Session.WaitAsync(() => !heard.IsEmpty, TestContext.Current.CancellationToken).Soon();

            heard.ShouldHaveSingleItem().ShouldBe(($"{alice.Id} {sent.Sequence}", "a notice"));
            (await atBob.TakeAsync(2)).ShouldBe(["before", "behind"]);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_notice_behind_unread_messages_is_handled_again_after_a_restart_and_one_that_the_store_has_passed_is_not()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (home, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            await atAlice.Session.Sending.SendNoticeAsync(Type, "passed"u8.ToArray(), default).Soon();
            await atAlice.SendAsync("read").Soon();
            (await atBob.TakeAsync(1)).ShouldBe(["read"]);
            await bob.DisposeAsync();
            await atAlice.SendAsync("unread").Soon();
            var notice = await atAlice.Session.Sending.SendNoticeAsync(Type, "not passed"u8.ToArray(), default).Soon();

            // Nobody registers a handler in these runs, which say of each notice that they get that they do not know it.
            for (var run = 1; run <= 2; run++)
            {
                using var said = new Said();
                using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(said));
                await using var again = await world.ConnectAsync(home, logging: logging);
                var channel = again.FindChannel(atAlice.Name.ToString())!;
                await channel.Session.WaitAsync(() => channel.Session.Received >= notice.Sequence, TestContext.Current.CancellationToken).Soon();
                said.Lines.Where(line => line.Contains("is a notice of type 60001")).ShouldHaveSingleItem().ShouldContain($"entry {notice.Sequence} ");
                if (run == 2)
                    (await channel.TakeAsync(1)).ShouldBe(["unread"]);
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_notice_that_its_handler_refuses_is_reported_and_the_channel_goes_on()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            var rejected = new TaskCompletionSource<RejectedMessage>();
            atBob.MessageRejected += (_, entry) => rejected.TrySetResult(entry);
            atBob.Session.Notices.Add(Type, _ => throw new ProtocolException(ErrorCode.InvalidMessage, "a bad notice"));
            await atAlice.Session.Sending.SendNoticeAsync(Type, default, default).Soon();
            await atAlice.SendAsync("goes on").Soon();

            (await atBob.TakeAsync(1)).ShouldBe(["goes on"]);
            (await rejected.Task.Soon()).Reason.ShouldBe("a bad notice");
        }
    }

    private static ConcurrentQueue<(string From, string Body)> Listen(SkytaleChannel channel)
    {
        var heard = new ConcurrentQueue<(string, string)>();
        channel.Session.Notices.Add(Type, notice => heard.Enqueue(($"{notice.Sender} {notice.Sequence}", Encoding.UTF8.GetString(notice.Body.Span))));
        return heard;
    }
}
