using System.Text;
using Microsoft.Extensions.Time.Testing;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class UnreliableNodeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>It asks again soon, and as often as it takes: the test's timeout is the limit.</summary>
    private static readonly SlimSessionOptions Quick = new() { Interval = TimeSpan.FromMilliseconds(20), MaxRetries = 100_000 };

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reliable_session_loses_nothing_and_keeps_the_order_where_every_third_message_is_lost(bool encrypted)
    {
        await using var parties = new Parties();
        var published = 0;
        parties.Node.OnTheWay = envelope => Interlocked.Increment(ref published) % 3 == 0 ? null : envelope;
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var atBob = await bob.ConnectAsync("org/ns/alice", Quick with { Encrypted = encrypted }, Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);

        var sending = Enumerable.Range(0, 100).Select(i => atBob.SendAsync(Encoding.UTF8.GetBytes($"{i}"), cancellationToken: Cancelled)).ToList();
        for (var i = 0; i < 100; i++)
        {
            var message = await atAlice.ReceiveAsync(Cancelled);
            (Encoding.UTF8.GetString(message.Payload.Span), message.LostBefore).ShouldBe(($"{i}", 0));
        }
        await Task.WhenAll(sending);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_cannot_be_had_any_more_is_given_up_and_counted()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var parties = new Parties { Time = time };
        parties.Node.OnTheWay = envelope => IsData(envelope) && envelope.Session.MessageId is 2 or 3 && envelope.ContentKind == ContentKind.Application && envelope.Session.MessageType != (uint)SessionMessageType.RtxRequest ? null : envelope;
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var atBob = await bob.ConnectAsync("org/ns/alice", Quick with { MaxRetries = 3 }, Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);

        var sending = Enumerable.Range(1, 4).Select(i => atBob.SendAsync(BitConverter.GetBytes(i), cancellationToken: Cancelled)).ToList();

        (await atAlice.ReceiveAsync(Cancelled)).LostBefore.ShouldBe(0);
        await Task.WhenAll(sending[0], sending[3]); // The clock stands until nothing else is to be had.
        var next = await PassAsync(time, atAlice.ReceiveAsync(Cancelled).AsTask());
        (BitConverter.ToInt32(next.Payload.Span), next.LostBefore).ShouldBe((4, 2));
    }

    [Fact(Timeout = 30_000)]
    public async Task Somebody_who_is_not_there_is_not_reached()
    {
        await using var parties = new Parties();
        var bob = await parties.OpenAsync("org/ns/bob");

        var refused = await Should.ThrowAsync<SlimException>(() => bob.ConnectAsync("org/ns/nobody", Quick with { MaxRetries = 2 }, Cancelled));

        refused.Error.ShouldBe(SlimError.NoAnswer);
        parties.Node.Published.Count(envelope => Command.TypeOf(envelope) == SessionMessageType.DiscoveryRequest).ShouldBe(3);
        bob.Sessions.ShouldBeEmpty();
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_has_gone_away_is_sent_to_until_the_retries_are_over()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var parties = new Parties { Time = time };
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var atBob = await bob.ConnectAsync("org/ns/alice", Quick with { MaxRetries = 2 }, Cancelled);
        await alice.DisposeAsync();

        var sending = atBob.SendAsync(new byte[3], cancellationToken: Cancelled);
        (await Should.ThrowAsync<SlimException>(() => PassAsync(time, sending))).Error.ShouldBe(SlimError.NoAnswer);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_may_have_four_million_bytes_and_one_that_is_too_large_is_refused_with_the_session_alive()
    {
        await using var parties = new Parties();
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var atBob = await bob.ConnectAsync("org/ns/alice", cancellationToken: Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);

        (await Should.ThrowAsync<SlimException>(() => atBob.SendAsync(new byte[SlimMessage.MaxSize + 1], cancellationToken: Cancelled))).Error.ShouldBe(SlimError.MessageTooLarge);
        foreach (var size in new[] { 0, 1, 4_000_000 })
        {
            await atBob.SendAsync(new byte[size], cancellationToken: Cancelled);
            (await atAlice.ReceiveAsync(Cancelled)).Payload.Length.ShouldBe(size);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task What_an_application_does_not_read_is_not_acknowledged_beyond_a_bound_and_comes_when_it_reads()
    {
        await using var parties = new Parties();
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var atBob = await bob.ConnectAsync("org/ns/alice", Quick with { Encrypted = false }, Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);
        for (var i = 0; i < SessionState.InboxCapacity; i++)
            await atBob.SendAsync(BitConverter.GetBytes(i), cancellationToken: Cancelled);

        var beyond = atBob.SendAsync(BitConverter.GetBytes(SessionState.InboxCapacity), cancellationToken: Cancelled);
        await Task.WhenAny(beyond, Task.Delay(100, Cancelled));
        beyond.IsCompleted.ShouldBeFalse();

        for (var i = 0; i <= SessionState.InboxCapacity; i++)
            BitConverter.ToInt32((await atAlice.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe(i);
        await beyond;
    }

    /// <summary>Lets time pass until it is done.</summary>
    private static async Task<T> PassAsync<T>(FakeTimeProvider time, Task<T> task)
    {
        await PassAsync(time, (Task)task);
        return await task;
    }

    private static async Task PassAsync(FakeTimeProvider time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(Quick.Interval);
            await Task.WhenAny(task, Task.Delay(1, Cancelled));
        }
        await task;
    }

    private static bool IsData(Envelope envelope) =>
        (SessionMessageType)envelope.Session.MessageType is SessionMessageType.Msg or SessionMessageType.RtxReply;
}
