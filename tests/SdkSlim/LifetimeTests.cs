using Microsoft.Extensions.Time.Testing;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What ends when, and that nobody waits for what has ended.</summary>
public sealed class LifetimeTests : IAsyncDisposable
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly Parties _parties;

    public LifetimeTests() => _parties = new Parties { Time = _time };

    public ValueTask DisposeAsync() => _parties.DisposeAsync();

    [Fact(Timeout = 120_000)]
    public async Task An_invitation_without_a_welcome_is_over_after_a_while()
    {
        var alice = await _parties.OpenAsync("org/ns/alice");
        using var mallory = new Stranger(_parties.Node);
        await mallory.SendAsync(mallory.Invitation(1, alice.Name));
        while (alice.Sessions.Count == 0)
            await Task.Delay(1, Cancelled);

        await _time.PassUntilAsync(() => alice.Sessions.Count == 0, step: TimeSpan.FromSeconds(1));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_of_somebody_who_has_gone_without_a_word_is_over_in_the_end(bool isGroup)
    {
        var bob = await _parties.OpenAsync("org/ns/bob");
        var alice = await _parties.OpenAsync("org/ns/alice");
        var (atBob, atAlice) = await TalkAsync(bob, alice, isGroup);
        await bob.DisposeAsync();

        var begun = _time.GetUtcNow();
        await _time.PassUntilAsync(() => atAlice.Closed.IsCompleted, step: TimeSpan.FromSeconds(5));
        (_time.GetUtcNow() - begun).ShouldBeGreaterThan(9 * TimeSpan.FromMinutes(1));
        (await atAlice.Closed).ShouldContain("nobody else");
        (await atBob.Closed).ShouldContain("link");
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_created_a_session_keeps_it_however_silent_the_others_are()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, _) = await TalkAsync(bob, alice, isGroup: true);
        await alice.DisposeAsync();

        var end = _time.GetUtcNow() + ((Heartbeats.MissedUntilTheEnd + 5) * Heartbeats.Interval);
        await _time.PassUntilAsync(() => _time.GetUtcNow() > end, step: TimeSpan.FromSeconds(5));

        atBob.Closed.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_is_asked_back_while_it_is_still_leaving_comes_back()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, isGroup: true);
        var unsubscribed = new TaskCompletionSource();
        _parties.LinkOf("org/ns/alice").MayUnsubscribe = unsubscribed.Task;
        var leaving = atAlice.DisposeAsync().AsTask();
        await atAlice.Closed;
        (await Should.ThrowAsync<SlimException>(_time.PassUntilAsync(atBob.RemoveAsync(alice.Name, Cancelled)))).Error.ShouldBe(SlimError.NoAnswer);

        var inviting = atBob.InviteAsync("org/ns/alice", Cancelled);
        while (!_parties.Node.Published.Any(IsInvitation))
            await Task.Delay(1, Cancelled);
        unsubscribed.SetResult();
        await leaving;
        await _time.PassUntilAsync(inviting);
        var again = await alice.AcceptAsync(Cancelled);
        await atBob.SendAsync("back"u8.ToArray(), cancellationToken: Cancelled);

        (await again.ReceiveAsync(Cancelled)).Payload.ToArray().ShouldBe("back"u8.ToArray());

        bool IsInvitation(Envelope envelope) =>
            Command.TypeOf(envelope) == SessionMessageType.JoinRequest && _parties.Node.Published.Count(other => Command.TypeOf(other) == SessionMessageType.JoinRequest) > 1;
    }

    [Fact(Timeout = 120_000)]
    public async Task A_session_in_which_others_are_heard_goes_on()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, isGroup: false);

        for (var beat = 1; beat <= Heartbeats.MissedUntilTheEnd + 5; beat++)
        {
            var before = Beats();
            _time.Advance(Heartbeats.Interval);
            for (var waited = 1; Beats() < before + 2 || !_parties.LinkOf("org/ns/bob").IsIdle || !_parties.LinkOf("org/ns/alice").IsIdle; waited++)
            {
                await Task.Delay(1, Cancelled);
                if (beat == 1 && waited % 1_000 == 0)
                    _time.Advance(Heartbeats.Interval); // A party that did not listen to the clock yet has missed its first beat.
            }
        }

        await atBob.SendAsync("still there"u8.ToArray(), cancellationToken: Cancelled);
        (await atAlice.ReceiveAsync(Cancelled)).Payload.ToArray().ShouldBe("still there"u8.ToArray());

        int Beats() => _parties.Node.Published.Count(envelope => Command.TypeOf(envelope) == SessionMessageType.Heartbeat);
    }

    [Fact(Timeout = 120_000)]
    public async Task Nobody_waits_for_a_link_longer_than_the_session_lives()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, _) = await TalkAsync(bob, alice, isGroup: true);
        var up = new TaskCompletionSource();
        _parties.LinkOf("org/ns/bob").Up = up.Task;

        var waiting = new Task[]
        {
            atBob.SendAsync("now"u8.ToArray(), cancellationToken: Cancelled), atBob.SendToAsync(alice.Name, "now"u8.ToArray(), cancellationToken: Cancelled),
            atBob.InviteAsync("org/ns/carol", Cancelled), atBob.RemoveAsync(alice.Name, Cancelled),
        };
        waiting.ShouldAllBe(task => !task.IsCompleted);
        await atBob.DisposeAsync();

        foreach (var task in waiting)
            (await Should.ThrowAsync<SlimException>(task)).Error.ShouldBe(SlimError.SessionClosed);
    }

    [Fact(Timeout = 120_000)]
    public async Task Whoever_waits_can_give_up()
    {
        var bob = await _parties.OpenAsync("org/ns/bob");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var room = bob.CreateGroup("org/ns/room");
        var waiting = new Task[]
        {
            bob.ConnectAsync("org/ns/nobody", cancellationToken: cancellation.Token), room.InviteAsync("org/ns/nobody", cancellation.Token),
            bob.AcceptAsync(cancellation.Token).AsTask(), room.ReceiveAsync(cancellation.Token).AsTask(),
        };

        await cancellation.CancelAsync();

        foreach (var task in waiting)
            await Should.ThrowAsync<OperationCanceledException>(task);
        bob.Sessions.ShouldBe([room]);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_agent_that_goes_takes_everything_with_it()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, _) = await TalkAsync(bob, alice, isGroup: true);
        var (connecting, accepting, receiving) = (bob.ConnectAsync("org/ns/nobody", cancellationToken: Cancelled), bob.AcceptAsync(Cancelled).AsTask(), atBob.ReceiveAsync(Cancelled).AsTask());

        await bob.DisposeAsync();

        (await Should.ThrowAsync<SlimException>(connecting)).Error.ShouldBe(SlimError.SessionClosed);
        (await Should.ThrowAsync<SlimException>(accepting)).Error.ShouldBe(SlimError.LinkClosed);
        (await Should.ThrowAsync<SlimException>(receiving)).Error.ShouldBe(SlimError.SessionClosed);
        Should.Throw<SlimException>(() => bob.CreateGroup("org/ns/room")).Error.ShouldBe(SlimError.LinkClosed);
        (await Should.ThrowAsync<SlimException>(() => bob.ConnectAsync("org/ns/alice", cancellationToken: Cancelled))).Error.ShouldBe(SlimError.LinkClosed);
        bob.Sessions.ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task Sessions_end_with_their_link()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, _) = await TalkAsync(bob, alice, isGroup: false);

        await _parties.LinkOf("org/ns/bob").DisposeAsync();

        (await atBob.Closed.WaitAsync(Cancelled)).ShouldContain("link");
    }

    [Fact(Timeout = 120_000)]
    public async Task Closing_does_not_wait_longer_than_a_minute_whatever_the_terms_are()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (_, atAlice) = await TalkAsync(bob, alice, isGroup: false, new SlimSessionOptions { Interval = TimeSpan.FromHours(1), MaxRetries = 1_000_000 });
        await bob.DisposeAsync();

        var begun = _time.GetUtcNow();
        (await Should.ThrowAsync<SlimException>(_time.PassUntilAsync(atAlice.CloseAsync(Cancelled)))).Error.ShouldBe(SlimError.NoAnswer);
        (_time.GetUtcNow() - begun).ShouldBeLessThan(TimeSpan.FromMinutes(2));
        atAlice.Closed.IsCompleted.ShouldBeTrue();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_group_whose_channels_cannot_be_had_is_not_entered()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        _parties.LinkOf("org/ns/alice").Refuses = name => name.Text?.Component2 == "room";

        (await Should.ThrowAsync<SlimException>(_time.PassUntilAsync(bob.CreateGroup("org/ns/room").InviteAsync("org/ns/alice", Cancelled)))).Error.ShouldBe(SlimError.NoAnswer);

        alice.Sessions.ShouldBeEmpty();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_invitation_without_encryption_is_not_answered_by_who_does_not_want_it()
    {
        using var identity = SlimIdentity.SharedSecret("org/ns/careful", Parties.Secret);
        await using var careful = await SlimAgent.OpenAsync(new SlimAgentOptions { Name = "org/ns/careful", Identity = identity, Link = _parties.Node.Connect(), Time = _time }, Cancelled);
        var bob = await _parties.OpenAsync("org/ns/bob");

        var plain = bob.ConnectAsync("org/ns/careful", new SlimSessionOptions { Encrypted = false, MaxRetries = 1 }, Cancelled);
        (await Should.ThrowAsync<SlimException>(_time.PassUntilAsync(plain))).Error.ShouldBe(SlimError.NoAnswer);
        (await bob.ConnectAsync("org/ns/careful", cancellationToken: Cancelled)).IsEncrypted.ShouldBeTrue();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_no_link_takes_is_refused_before_it_has_a_number()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, atAlice) = await TalkAsync(bob, alice, isGroup: false);

        foreach (var (type, metadata, error) in new (string, Dictionary<string, string>, SlimError)[]
        {
            (new string('t', EnvelopeLimits.Word + 1), [], SlimError.MessageTooLarge),
            ("msg", new() { ["k"] = new string('v', SlimMessage.MaxMetadata) }, SlimError.MessageTooLarge),
            ("msg", Enumerable.Range(0, EnvelopeLimits.Pairs).ToDictionary(i => $"{i}", i => ""), SlimError.MessageTooLarge),
            ("msg", new() { ["PUBLISH_TO"] = "TRUE" }, SlimError.InvalidArgument),
        })
        {
            (await Should.ThrowAsync<SlimException>(() => atBob.SendAsync(new byte[1], type, metadata, Cancelled))).Error.ShouldBe(error);
            (await Should.ThrowAsync<SlimException>(() => atBob.SendToAsync(alice.Name, new byte[1], type, metadata, Cancelled))).Error.ShouldBe(error);
        }
        await atBob.SendAsync("next"u8.ToArray(), cancellationToken: Cancelled);
        (await atAlice.ReceiveAsync(Cancelled)).LostBefore.ShouldBe(0);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_was_sent_stays_what_it_was_for_who_asks_for_it_later()
    {
        var (bob, alice) = (await _parties.OpenAsync("org/ns/bob"), await _parties.OpenAsync("org/ns/alice"));
        var (atBob, _) = await TalkAsync(bob, alice, isGroup: false, new SlimSessionOptions { Encrypted = false });
        var buffer = "as it was"u8.ToArray();
        await atBob.SendAsync(buffer, cancellationToken: Cancelled);
        "otherwise"u8.CopyTo(buffer);

        var asked = _parties.Node.Published.Last(envelope => Command.TypeOf(envelope) == SessionMessageType.MsgAck);
        _parties.LinkOf("org/ns/bob").Deliver(asked with { Session = asked.Session with { MessageType = (uint)SessionMessageType.RtxRequest } });

        while (!_parties.Node.Published.Any(envelope => Command.TypeOf(envelope) == SessionMessageType.RtxReply))
            await Task.Delay(1, Cancelled);
        _parties.Node.Published.Last(envelope => Command.TypeOf(envelope) == SessionMessageType.RtxReply).Content.ToArray().ShouldBe("as it was"u8.ToArray());
    }

    private static async Task<(SlimSession AtBob, SlimSession AtAlice)> TalkAsync(SlimAgent bob, SlimAgent alice, bool isGroup, SlimSessionOptions? options = null)
    {
        SlimSession atBob;
        if (isGroup)
        {
            atBob = bob.CreateGroup("org/ns/room", options);
            await atBob.InviteAsync("org/ns/alice", Cancelled);
        }
        else
        {
            atBob = await bob.ConnectAsync("org/ns/alice", options, Cancelled);
        }
        return (atBob, await alice.AcceptAsync(Cancelled));
    }
}
