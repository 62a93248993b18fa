using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What a member of a group sends that it may not, and how much of it: the group goes on. The clock stands where no test lets it go.</summary>
public sealed class HostileMemberTests : IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private Parties _parties = null!;
    private Stranger _mallory = null!;
    private SlimAgent _alice = null!;
    private SlimSession _room = null!;
    private SlimSession _atAlice = null!;
    private SlimIdentity _moderatorsIdentity = null!;
    private SessionKeys _atMallorysKeys = null!;

    public ValueTask InitializeAsync()
    {
        _parties = new Parties { Time = _time };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _atMallorysKeys?.Dispose();
        await _parties.DisposeAsync();
        _mallory?.Dispose();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_moderator_moderates(bool encrypted)
    {
        await OpenAsync(encrypted);
        var alice = new Member(_alice.Name, Sends: true, Receives: true, IsOnline: true).ToParticipant();
        var commit = Inviting.Payload(3, [1, 2, 3]);
        foreach (var payload in new[]
        {
            new CommandPayload { GroupUpdate = new GroupUpdate { Op = GroupUpdateOperation.Remove, Participant = alice, Mls = commit } },
            new CommandPayload { GroupUpdate = new GroupUpdate { Op = GroupUpdateOperation.Add, Participant = alice, Mls = commit } },
            new CommandPayload { GroupWelcome = new GroupWelcome { Mls = commit } },
            new CommandPayload { GroupClose = new GroupClose() },
            new CommandPayload { LeaveRequest = new LeaveRequest() },
            new CommandPayload { JoinRequest = new JoinRequest() },
            new CommandPayload { RejoinReply = new RejoinReply { CommitId = 3, MlsContent = ByteString.CopyFromUtf8("no welcome") } },
            new CommandPayload { RejoinRequest = new RejoinRequest { Participant = alice.Name } },
            new CommandPayload { Heartbeat = new Heartbeat { Epoch = 1000 } },
            new CommandPayload { UpdateParticipantState = new UpdateParticipantState { Participant = alice.Name, NewState = ParticipantState.Offline } },
            new CommandPayload { GroupNack = new GroupNack() },
            new CommandPayload(),
        })
        {
            foreach (var type in Enum.GetValues<SessionMessageType>().Where(type => type is >= SessionMessageType.JoinRequest and not SessionMessageType.LeaveReply))
                await _mallory.SendAsync(_mallory.Control(_atAlice, _alice.Name, type, payload));
        }

        await GoesOnAsync();
        _parties.Node.Published.ShouldNotContain(envelope => Command.TypeOf(envelope) == SessionMessageType.RejoinRequest && envelope.Source == _alice.Name);
    }

    /// <summary>The header is signed, and what it carries is not: whoever sees one can send it on with something else behind it.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Other_words_behind_the_moderators_header_change_nothing()
    {
        await OpenAsync(encrypted: true);
        var forged = new Member(_mallory.Name, Sends: true, Receives: true, IsOnline: true).ToParticipant();
        _parties.LinkOf("org/ns/alice").OnArrival = envelope =>
        {
            if (Command.TypeOf(envelope) != SessionMessageType.GroupUpdate)
                return envelope;
            _parties.LinkOf("org/ns/alice").OnArrival = null;
            var update = Command.Read(envelope).GroupUpdate;
            (update.Participant, update.Op) = (forged, GroupUpdateOperation.Remove);
            return envelope with { Content = new CommandPayload { GroupUpdate = update }.ToByteArray() };
        };
        await _parties.OpenAsync("org/ns/bob");

        await _time.PassUntilAsync(_room.InviteAsync("org/ns/bob", Cancelled));

        _atAlice.Participants.Count.ShouldBe(4);
        await GoesOnAsync(members: 4);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_is_not_in_the_encrypted_group_does_not_take_part_whatever_a_welcome_lists()
    {
        await OpenAsync(encrypted: true);
        using var stranger = new Stranger(_parties.Node, application: "stranger");
        var bob = await _parties.OpenAsync("org/ns/bob");
        _parties.LinkOf("org/ns/bob").OnArrival = envelope =>
        {
            if (Command.TypeOf(envelope) != SessionMessageType.GroupWelcome)
                return envelope;
            var welcome = Command.Read(envelope).GroupWelcome;
            welcome.Participants.Add(new Member(stranger.Name, Sends: true, Receives: true, IsOnline: true).ToParticipant());
            welcome.Participants.RemoveAt(0);
            return envelope with { Content = new CommandPayload { GroupWelcome = welcome }.ToByteArray() };
        };

        await _room.InviteAsync("org/ns/bob", Cancelled);

        var atBob = await bob.AcceptAsync(Cancelled);
        atBob.Participants.ShouldNotContain(stranger.Name);
        atBob.Participants.ShouldContain(_room.Participants[0], "the moderator, whom the list leaves out");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_update_that_MLS_has_followed_does_nothing_more_however_long_ago_it_was()
    {
        await OpenAsync(encrypted: true);
        var update = _parties.Node.Published.Last(envelope => Command.TypeOf(envelope) == SessionMessageType.GroupUpdate);
        var said = Command.Read(update).GroupUpdate;
        (said.Op, said.Participant) = (GroupUpdateOperation.Remove, new Member(_room.Participants[0], Sends: true, Receives: true, IsOnline: true).ToParticipant());
        using var moderator = new Stranger(_parties.Node, _moderatorsIdentity, "moderator");

        await moderator.SendAsync(moderator.Control(_atAlice, _alice.Name, SessionMessageType.GroupUpdate, new CommandPayload { GroupUpdate = said }));

        await GoesOnAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Answers_to_what_nobody_asked_are_nothing()
    {
        await OpenAsync(encrypted: false);
        foreach (var type in new[] { SessionMessageType.DiscoveryReply, SessionMessageType.JoinReply, SessionMessageType.LeaveReply, SessionMessageType.GroupAck, SessionMessageType.GroupNack, SessionMessageType.RejoinReply })
            await _mallory.SendAsync(_mallory.Control(_atAlice, _alice.Name, type, new CommandPayload()));
        for (uint number = 0; number < 100; number++)
            await _mallory.SendAsync(_mallory.Note(_atAlice, _alice.Name, SessionMessageType.MsgAck, number));

        await GoesOnAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_of_another_kind_is_no_answer()
    {
        await OpenAsync(encrypted: false);
        Mute();
        var removing = _room.RemoveAsync(_mallory.Name, Cancelled);
        var update = await PublishedAsync(SessionMessageType.GroupUpdate);

        await _mallory.SendAsync(Answer(update, SessionMessageType.JoinReply));
        await _mallory.SendAsync(Answer(update, SessionMessageType.LeaveReply));
        await _mallory.SendAsync(Answer(update, SessionMessageType.GroupNack));
        await GoesOnAsync(members: 2);
        removing.IsCompleted.ShouldBeFalse();

        await _mallory.SendAsync(Answer(update, SessionMessageType.GroupAck));
        await _mallory.SendAsync(Answer(await PublishedAsync(SessionMessageType.LeaveRequest), SessionMessageType.LeaveReply));
        await removing;
    }

    [Theory(Timeout = 120_000)]
    [InlineData(9, Retransmitting.Budget)]
    [InlineData(4_000_000, 5)]
    public async Task Who_asks_for_a_message_without_end_is_answered_as_often_as_there_are_messages(int size, int answers)
    {
        await OpenAsync(encrypted: false);
        await _atAlice.SendAsync(new byte[size], cancellationToken: Cancelled);
        for (var i = 0; i < 2 * Retransmitting.Budget; i++)
            await _mallory.SendAsync(_mallory.Note(_atAlice, _alice.Name, SessionMessageType.RtxRequest, number: 1));
        await GoesOnAsync();
        Count(SessionMessageType.RtxReply).ShouldBe(answers);

        _time.Advance(Retransmitting.BudgetTime);
        await _mallory.SendAsync(_mallory.Note(_atAlice, _alice.Name, SessionMessageType.RtxRequest, number: 1));
        await GoesOnAsync();
        Count(SessionMessageType.RtxReply).ShouldBe(answers + 1);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_counts_wildly_is_asked_for_a_part_at_a_time()
    {
        await OpenAsync(encrypted: false);
        Mute();
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 1));
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 1 + Ordering.Window));
        await _atAlice.ReceiveAsync(Cancelled);

        while (Count(SessionMessageType.RtxRequest) < Retransmitting.MaxAsked)
            await Task.Delay(1, Cancelled);
        await GoesOnAsync();
        Count(SessionMessageType.RtxRequest).ShouldBe(Retransmitting.MaxAsked);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_waits_for_messages_before_it_takes_half_of_the_room()
    {
        await OpenAsync(encrypted: false);
        Mute();
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 1));
        await _atAlice.ReceiveAsync(Cancelled);
        for (uint number = 3; number < 20; number++)
            await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, number, new byte[1 << 20]));
        await GoesOnAsync();

        Count(SessionMessageType.MsgAck, to: _mallory.Name).ShouldBe(1 + 3, "there is half of eight megabytes, and each has a header");
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 2, new byte[4_000_000]));
        for (var i = 0; i < 4; i++)
            await _atAlice.ReceiveAsync(Cancelled);
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 6, new byte[1 << 20]));
        (await _atAlice.ReceiveAsync(Cancelled)).Payload.Length.ShouldBe(1 << 20);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_an_application_does_not_read_has_a_bound_in_bytes()
    {
        await OpenAsync(encrypted: false);
        for (uint number = 1; number <= 12; number++)
            await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, number, new byte[1 << 20]));
        await _mallory.SendAsync(_mallory.Note(_atAlice, _alice.Name, SessionMessageType.RtxRequest, number: 77));
        while (Count(SessionMessageType.RtxReply) == 0)
            await Task.Delay(1, Cancelled);

        Count(SessionMessageType.MsgAck, to: _mallory.Name).ShouldBe(7, "eight of them with their headers are more than the room");
        await _atAlice.ReceiveAsync(Cancelled);
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 8, new byte[1 << 20]));
        while (Count(SessionMessageType.MsgAck, to: _mallory.Name) < 8)
            await Task.Delay(1, Cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_to_one_that_comes_again_is_not_delivered_again()
    {
        await OpenAsync(encrypted: false);
        for (var i = 0; i < 3; i++)
            await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, Ordering.Last + 7));
        (await _atAlice.ReceiveAsync(Cancelled)).From.ShouldBe(_mallory.Name);

        await GoesOnAsync();
        Count(SessionMessageType.MsgAck, to: _mallory.Name).ShouldBe(3);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_participant_speaks_of_its_own_state_and_is_told_when_it_has_missed_a_commit()
    {
        await OpenAsync(encrypted: true);
        await SayAsync(_alice.Name, ParticipantState.Offline, 0);
        await GoesOnAsync();
        Count(SessionMessageType.GroupAck, to: _mallory.Name).ShouldBe(0, "it is not Alice");

        Mute();
        var sending = _atAlice.SendAsync("waits for Mallory until she is away"u8.ToArray(), cancellationToken: Cancelled);
        await _room.ReceiveAsync(Cancelled);
        await SayAsync(_mallory.Name, ParticipantState.Offline, 0);
        await sending;
        await _mallory.SendAsync(_mallory.Control(_atAlice, _alice.Name, SessionMessageType.Heartbeat, new CommandPayload { Heartbeat = new Heartbeat { Epoch = 1 } }));
        await GoesOnAsync();
        await _atAlice.SendAsync("the clock stands, and nobody waits for who is away"u8.ToArray(), cancellationToken: Cancelled);
        await _room.ReceiveAsync(Cancelled);

        await SayAsync(_mallory.Name, ParticipantState.Online, 1);
        while (Count(SessionMessageType.GroupNack, to: _mallory.Name) == 0)
            await Task.Delay(1, Cancelled);
        await SayAsync(_mallory.Name, ParticipantState.Online, 2);
        while (Count(SessionMessageType.GroupAck, to: _mallory.Name) < 2)
            await Task.Delay(1, Cancelled);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_group_has_a_bound_of_participants()
    {
        await OpenAsync(encrypted: false);
        using var moderator = new Stranger(_parties.Node, _moderatorsIdentity, "moderator");
        for (uint i = 0; i < Roster.Capacity; i++)
        {
            var one = new Member(SlimName.Of("org", "ns", "one", new SlimNameId(i, i)), Sends: true, Receives: false, IsOnline: false).ToParticipant();
            await moderator.SendAsync(moderator.Control(_atAlice, _alice.Name, SessionMessageType.GroupUpdate, new CommandPayload { GroupUpdate = new GroupUpdate { Op = GroupUpdateOperation.Add, Participant = one } }));
        }

        await GoesOnAsync(members: Roster.Capacity);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_asks_to_be_taken_in_again_is_heard_now_and_then()
    {
        await OpenAsync(encrypted: true);
        var own = new Member(_mallory.Name, Sends: true, Receives: true, IsOnline: true).ToParticipant();
        for (var i = 0; i < 10; i++)
            await _mallory.SendAsync(_mallory.Control(_room, _room.Participants[0], SessionMessageType.RejoinRequest, new CommandPayload { RejoinRequest = new RejoinRequest { Participant = own.Name, KeyPackage = ByteString.CopyFrom(_atMallorysKeys.KeyPackage()) } }));

        await _time.PassUntilAsync(() => Count(SessionMessageType.RejoinReply, to: _mallory.Name) > 0);
        var goesOn = GoesOnAsync();
        await _time.PassUntilAsync(() => goesOn.IsCompleted, TimeSpan.FromMilliseconds(10)); // What was asked again on its way is answered only as time goes on.
        await goesOn;
        _parties.Node.Published.Where(envelope => Command.TypeOf(envelope) == SessionMessageType.GroupUpdate).Select(envelope => envelope.Session.MessageId).Distinct().Count().ShouldBe(2, "one added Mallory, one took it in again");
    }

    /// <summary>A group of a moderator, Alice, and a member who sends what it likes.</summary>
    private async Task OpenAsync(bool encrypted)
    {
        var identity = SlimIdentity.SharedSecret("org/ns/mallory", Parties.Secret);
        _moderatorsIdentity = SlimIdentity.SharedSecret("org/ns/moderator", Parties.Secret);
        _mallory = new Stranger(_parties.Node, identity);
        _atMallorysKeys = new SessionKeys(identity, _time);
        var moderator = await _parties.OpenAsync("org/ns/moderator", _moderatorsIdentity);
        _alice = await _parties.OpenAsync("org/ns/alice");
        var mallory = await _parties.OpenAsync("org/ns/mallory", identity);
        _room = moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = encrypted });
        await _room.InviteAsync("org/ns/alice", Cancelled);
        _atAlice = await _alice.AcceptAsync(Cancelled);
        await _room.InviteAsync("org/ns/mallory", Cancelled);
        await mallory.AcceptAsync(Cancelled);
    }

    /// <summary>Mallory's agent hears nothing any more: what comes from Mallory is the stranger's.</summary>
    private void Mute() => _parties.LinkOf("org/ns/mallory").OnArrival = _ => null;

    private Envelope Answer(Envelope to, SessionMessageType type) =>
        _mallory.Control(_room, to.Source, type, new CommandPayload(), to.Session.MessageId);

    private async Task SayAsync(SlimName participant, ParticipantState state, ulong epoch) =>
        await _mallory.SendAsync(_mallory.Control(_atAlice, _alice.Name, SessionMessageType.UpdateParticipantState, new CommandPayload { UpdateParticipantState = new UpdateParticipantState { Participant = participant.ToName(), NewState = state, Epoch = epoch } }));

    private async Task<Envelope> PublishedAsync(SessionMessageType type)
    {
        while (true)
        {
            if (_parties.Node.Published.LastOrDefault(envelope => Command.TypeOf(envelope) == type && envelope.Source == _room.Participants[0]) is { } found)
                return found;
            await Task.Delay(1, Cancelled);
        }
    }

    private int Count(SessionMessageType type, SlimName? to = null) =>
        _parties.Node.Published.Count(envelope => Command.TypeOf(envelope) == type && (to is null || envelope.Destination == to));

    /// <summary>The next message that Alice hears is the moderator's, and both know who is there.</summary>
    private async Task GoesOnAsync(int members = 3)
    {
        var sending = _room.SendToAsync(_alice.Name, "true"u8.ToArray(), cancellationToken: Cancelled);
        var heard = await _atAlice.ReceiveAsync(Cancelled);
        heard.Payload.ToArray().ShouldBe("true"u8.ToArray());
        heard.From.ShouldBe(_room.Participants[0]);
        await sending;
        _atAlice.Participants.Count.ShouldBe(members);
        _atAlice.Closed.IsCompleted.ShouldBeFalse();
    }
}
