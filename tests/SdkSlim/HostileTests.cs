using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>What others send who have no right to: it is dropped, and the session goes on.</summary>
public sealed class HostileTests : IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly Parties _parties = new();
    private Stranger _mallory = null!;
    private SlimAgent _moderator = null!;
    private SlimAgent _alice = null!;
    private SlimSession _room = null!;
    private SlimSession _atAlice = null!;

    public async ValueTask InitializeAsync()
    {
        _mallory = new Stranger(_parties.Node);
        _moderator = await _parties.OpenAsync("org/ns/moderator");
        _alice = await _parties.OpenAsync("org/ns/alice");
        _room = _moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = false, MaxRetries = 600 });
        await _room.InviteAsync("org/ns/alice", Cancelled);
        _atAlice = await _alice.AcceptAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _parties.DisposeAsync();
        _mallory.Dispose();
    }

    [Fact(Timeout = 20_000)]
    public async Task Only_participants_are_heard()
    {
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 1));

        await GoesOnAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task Nobody_speaks_in_the_name_of_another()
    {
        await _mallory.SendAsync(_mallory.Data(_atAlice, _alice.Name, 1) with { Source = _moderator.Name });

        await GoesOnAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task Only_the_moderator_ends_changes_and_removes()
    {
        var added = new GroupUpdate { Op = GroupUpdateOperation.Add, Participant = new Member(_mallory.Name, Sends: true, Receives: true, IsOnline: true).ToParticipant() };
        foreach (var (type, payload) in new[]
        {
            (SessionMessageType.GroupClose, new CommandPayload { GroupClose = new GroupClose() }),
            (SessionMessageType.LeaveRequest, new CommandPayload { LeaveRequest = new LeaveRequest() }),
            (SessionMessageType.GroupUpdate, new CommandPayload { GroupUpdate = added }),
        })
        {
            await _mallory.SendAsync(_mallory.Control(_atAlice, _alice.Name, type, payload));
        }

        await GoesOnAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task A_control_message_needs_the_signature_of_the_one_it_says_it_is_from()
    {
        var token = _parties.Node.Published.First(envelope => envelope.Source == _moderator.Name).Identity;
        var close = _mallory.Control(_atAlice, _alice.Name, SessionMessageType.GroupClose, new CommandPayload { GroupClose = new GroupClose() });

        await _mallory.SendAsync(close with { Source = _moderator.Name, Identity = token });
        await _mallory.SendAsync(close with { Source = _moderator.Name, Identity = token, HeaderSignature = null });

        await GoesOnAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task An_update_that_is_sent_again_changes_nothing_again()
    {
        await _parties.OpenAsync("org/ns/bob");
        var bob = await _room.InviteAsync("org/ns/bob", Cancelled);
        await _room.RemoveAsync(bob, Cancelled);
        var added = _parties.Node.Published.First(envelope => Command.TypeOf(envelope) == SessionMessageType.GroupUpdate);

        await _mallory.SendAsync(added);

        await GoesOnAsync();
    }

    [Fact(Timeout = 20_000)]
    public async Task Nobody_answers_for_a_name_that_is_not_its_own()
    {
        await _mallory.SendAsync(_mallory.Control(_atAlice, _atAlice.Destination, SessionMessageType.DiscoveryRequest, new CommandPayload { DiscoveryRequest = new DiscoveryRequest() }));

        await GoesOnAsync();
        _parties.Node.Published.ShouldNotContain(envelope => envelope.Destination == _mallory.Name);
    }

    [Fact(Timeout = 180_000)]
    public async Task There_is_a_bound_of_sessions()
    {
        var strangers = Enumerable.Range(0, (SlimAgent.MaxSessions / SlimAgent.MaxPending) + 1).Select(_ => new Stranger(_parties.Node)).ToList();
        foreach (var (number, stranger) in strangers.Index())
        {
            for (uint session = 1; session <= SlimAgent.MaxPending; session++)
                await stranger.SendAsync(stranger.Invitation(((uint)number * 1000) + session, _alice.Name));
        }

        await GoesOnAsync();
        _parties.Node.Published.Count(envelope => Command.TypeOf(envelope) == SessionMessageType.JoinReply && strangers.Exists(stranger => stranger.Name == envelope.Destination)).ShouldBe(SlimAgent.MaxSessions - 1);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact(Timeout = 20_000)]
    public async Task One_inviter_does_not_keep_others_out()
    {
        for (uint session = 1; session <= 2 * SlimAgent.MaxPending; session++)
            await _mallory.SendAsync(_mallory.Invitation(session, _alice.Name));

        await GoesOnAsync();
        Answered(_mallory).ShouldBe(SlimAgent.MaxPending);
        await _moderator.ConnectAsync("org/ns/alice", cancellationToken: Cancelled);
    }

    [Fact(Timeout = 20_000)]
    public async Task Sessions_that_nobody_accepts_have_a_bound()
    {
        for (uint session = 1; session <= 2 * SlimAgent.MaxNotAccepted; session++)
        {
            await _mallory.SendAsync(_mallory.Invitation(session, _alice.Name));
            await _mallory.SendAsync(_mallory.Welcome(session, _alice.Name));
        }

        await GoesOnAsync();
        Answered(_mallory).ShouldBe(SlimAgent.MaxNotAccepted);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_number_that_a_session_has_already_can_be_anothers_too()
    {
        await _mallory.SendAsync(_mallory.Invitation(_room.Id, _alice.Name));
        await _mallory.SendAsync(_mallory.Welcome(_room.Id, _alice.Name));
        var theirs = await _alice.AcceptAsync(Cancelled);

        (theirs.Id, theirs.IsGroup).ShouldBe((_room.Id, false));
        await _mallory.SendAsync(_mallory.Data(theirs, _alice.Name, 1));
        (await theirs.ReceiveAsync(Cancelled)).From.ShouldBe(_mallory.Name);
        await GoesOnAsync();
    }

    [Theory]
    [InlineData(0u, 0u, 100, 0)]
    [InlineData(1u, 5u, 100, 5)]
    [InlineData(700u, 1000u, 700, 1000)]
    [InlineData(uint.MaxValue, uint.MaxValue, 60_000, 1000)]
    public void An_inviters_terms_are_taken_within_bounds(uint timeout, uint retries, int milliseconds, int taken)
    {
        using var identity = SlimIdentity.SharedSecret("org/ns/alice", Parties.Secret);
        var parts = new AgentParts(_alice.Name, identity, _parties.Node.Connect(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        using var state = Joining.Begin(parts, _mallory.Invitation(1, _alice.Name, timers: new TimerSettings { Timeout = timeout, MaxRetries = retries }));

        (state.Terms.Interval, state.Terms.MaxRetries, state.Terms.Reliable).ShouldBe((TimeSpan.FromMilliseconds(milliseconds), taken, true));
    }

    public static TheoryData<string> WrongChannels => ["its own name", "no id", "the same twice", "of two names", "of another organisation", "another session's"];

    [Theory(Timeout = 20_000)]
    [MemberData(nameof(WrongChannels))]
    public async Task Nobody_makes_an_agent_listen_to_what_is_not_a_groups(string wrong)
    {
        var (one, two) = (new SlimNameId(1, 1), new SlimNameId(2, 2));
        var channel = SlimName.Of("org", "ns", "theirs", one);
        var (data, control) = wrong switch
        {
            "its own name" => (_alice.Name, _alice.Name with { Id = one }),
            "no id" => (channel with { Id = SlimNameId.Any }, channel),
            "the same twice" => (channel, channel),
            "of two names" => (channel, SlimName.Of("org", "ns", "others", two)),
            "of another organisation" => (SlimName.Of("others", "ns", "room", one), SlimName.Of("others", "ns", "room", two)),
            _ => (_atAlice.Destination, _atAlice.Destination with { Id = two }),
        };

        await _mallory.SendAsync(_mallory.Invitation(77, _alice.Name, data, control));

        await GoesOnAsync();
        Answered(_mallory).ShouldBe(0);
        await _mallory.SendAsync(_mallory.Invitation(78, _alice.Name, channel, channel with { Id = two }));
        await GoesOnAsync();
        Answered(_mallory).ShouldBe(1);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_message_for_another_is_not_for_this_one()
    {
        await _parties.OpenAsync("org/ns/carol");
        var name = await _room.InviteAsync("org/ns/carol", Cancelled);
        await _room.RemoveAsync(name, Cancelled);
        var leave = _parties.Node.Published.Last(envelope => Command.TypeOf(envelope) == SessionMessageType.LeaveRequest);

        _parties.LinkOf("org/ns/alice").Deliver(leave);

        await GoesOnAsync();
    }

    private int Answered(Stranger stranger) =>
        _parties.Node.Published.Count(envelope => Command.TypeOf(envelope) == SessionMessageType.JoinReply && envelope.Destination == stranger.Name);

    /// <summary>The next message that Alice hears is the moderator's, in a room of two.</summary>
    private async Task GoesOnAsync()
    {
        await _room.SendAsync("true"u8.ToArray(), cancellationToken: Cancelled);
        var heard = await _atAlice.ReceiveAsync(Cancelled);
        heard.Payload.ToArray().ShouldBe("true"u8.ToArray());
        heard.From.ShouldBe(_moderator.Name);
        _atAlice.Participants.Count.ShouldBe(2);
        _atAlice.Closed.IsCompleted.ShouldBeFalse();
    }
}
