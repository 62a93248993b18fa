using System.Text;
using Microsoft.Extensions.Time.Testing;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>Members that do not hear what they should: a group goes on without them, and takes them in again.</summary>
public sealed class RejoinTests : IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private Parties _parties = null!;
    private SlimAgent _moderator = null!;
    private SlimAgent _alice = null!;
    private SlimAgent _bob = null!;

    public async ValueTask InitializeAsync()
    {
        _parties = new Parties { Time = _time };
        _moderator = await _parties.OpenAsync("org/ns/moderator");
        _alice = await _parties.OpenAsync("org/ns/alice");
        _bob = await _parties.OpenAsync("org/ns/bob");
    }

    public ValueTask DisposeAsync() => _parties.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_goes_on_without_somebody_who_says_nothing_after_having_been_let_in(bool encrypted)
    {
        var room = _moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = encrypted });
        var atAlice = await InviteAsync(room, "alice", _alice);
        Lose("bob", SessionMessageType.GroupWelcome);

        (await Should.ThrowAsync<SlimException>(_time.PassUntilAsync(room.InviteAsync("org/ns/bob", Cancelled)))).Error.ShouldBe(SlimError.NoAnswer);

        room.Participants.Count.ShouldBe(2);
        await _time.PassUntilAsync(() => atAlice.Participants.Count == 2);
        await ExchangeAsync(room, atAlice);
        _parties.Node.Published.ShouldContain(envelope => Command.TypeOf(envelope) == SessionMessageType.LeaveRequest && envelope.Destination == _bob.Name);
        await _time.PassUntilAsync(() => _bob.Sessions.Count == 0);

        Lose("bob");
        await ExchangeAsync(room, atAlice, await InviteAsync(room, "bob", _bob));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_invitation_that_is_given_up_is_taken_back()
    {
        var room = _moderator.CreateGroup("org/ns/room");
        var atAlice = await InviteAsync(room, "alice", _alice);
        Lose("bob", SessionMessageType.GroupWelcome);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var inviting = room.InviteAsync("org/ns/bob", cancellation.Token);
        while (atAlice.Participants.Count < 3)
            await Task.Delay(1, Cancelled);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(_time.PassUntilAsync(inviting));
        room.Participants.Count.ShouldBe(2);
        await ExchangeAsync(room, atAlice);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_has_missed_a_commit_is_taken_in_again()
    {
        var room = _moderator.CreateGroup("org/ns/room");
        var (atAlice, atBob) = (await InviteAsync(room, "alice", _alice), await InviteAsync(room, "bob", _bob));
        var carol = await _parties.OpenAsync("org/ns/carol");
        Lose("bob", SessionMessageType.GroupUpdate);

        var atCarol = await InviteAsync(room, "carol", carol);
        atBob.Participants.Count.ShouldBe(3);
        Lose("bob");
        await _time.PassUntilAsync(() => atBob.Participants.Count == 4);

        await ExchangeAsync(room, atAlice, atBob, atCarol);
        await room.RemoveAsync(carol.Name, Cancelled);
        await ExchangeAsync(room, atAlice, atBob);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(SessionMessageType.RejoinReply)]
    [InlineData(SessionMessageType.GroupUpdate)]
    [InlineData(SessionMessageType.GroupAck)]
    public async Task Rejoining_gets_over_the_loss_of_what_belongs_to_it(SessionMessageType lost)
    {
        var room = _moderator.CreateGroup("org/ns/room");
        var (atAlice, atBob) = (await InviteAsync(room, "alice", _alice), await InviteAsync(room, "bob", _bob));
        var carol = await _parties.OpenAsync("org/ns/carol");
        Lose("bob", SessionMessageType.GroupUpdate);
        var atCarol = await InviteAsync(room, "carol", carol);

        var lose = 2;
        Lose("bob");
        _parties.Node.OnTheWay = envelope =>
            Command.TypeOf(envelope) == lost && (envelope.Destination == _bob.Name || envelope.Source == _bob.Name || lost == SessionMessageType.GroupUpdate) && Interlocked.Decrement(ref lose) >= 0 ? null : envelope;
        await _time.PassUntilAsync(() => atBob.Participants.Count == 4);

        await ExchangeAsync(room, atAlice, atBob, atCarol);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reply_that_comes_again_is_acknowledged_again_and_changes_nothing()
    {
        var room = _moderator.CreateGroup("org/ns/room");
        var (atAlice, atBob) = (await InviteAsync(room, "alice", _alice), await InviteAsync(room, "bob", _bob));
        var carol = await _parties.OpenAsync("org/ns/carol");
        Lose("bob", SessionMessageType.GroupUpdate);
        var atCarol = await InviteAsync(room, "carol", carol);
        Lose("bob");
        await _time.PassUntilAsync(() => atBob.Participants.Count == 4);
        var reply = _parties.Node.Published.First(envelope => Command.TypeOf(envelope) == SessionMessageType.RejoinReply);
        var link = _parties.LinkOf("org/ns/bob");
        await _time.PassUntilAsync(() => Acknowledged() > 0 && link.IsIdle);
        var before = Acknowledged();

        link.Deliver(reply);

        while (Acknowledged() == before)
            await Task.Delay(1, Cancelled);
        await ExchangeAsync(room, atAlice, atBob, atCarol);

        int Acknowledged() => _parties.Node.Published.Count(envelope =>
            Command.TypeOf(envelope) == SessionMessageType.GroupAck && envelope.Source == _bob.Name && envelope.Session.MessageId == reply.Session.MessageId);
    }

    /// <summary>Messages of these types do not reach somebody from now on.</summary>
    private void Lose(string name, params SessionMessageType[] types) =>
        _parties.LinkOf($"org/ns/{name}").OnArrival = envelope => types.Contains(Command.TypeOf(envelope)) ? null : envelope;

    private async Task<SlimSession> InviteAsync(SlimSession room, string name, SlimAgent agent)
    {
        await _time.PassUntilAsync(room.InviteAsync($"org/ns/{name}", Cancelled));
        return await agent.AcceptAsync(Cancelled);
    }

    /// <summary>Each sends once, and everybody else reads it.</summary>
    private async Task ExchangeAsync(params SlimSession[] members)
    {
        foreach (var sender in members)
        {
            var text = Guid.NewGuid().ToString();
            await _time.PassUntilAsync(sender.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken: Cancelled));
            foreach (var receiver in members.Where(member => member != sender))
                Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe(text);
        }
    }
}
