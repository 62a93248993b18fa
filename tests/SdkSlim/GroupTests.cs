using System.Text;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class GroupTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Everybody_hears_everybody_and_who_is_removed_hears_no_more(bool encrypted)
    {
        await using var parties = new Parties();
        var moderator = await parties.OpenAsync("org/ns/moderator");
        var members = new List<SlimSession> { moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = encrypted }) };
        foreach (var name in new[] { "org/ns/alice", "org/ns/bob", "org/ns/carol" })
        {
            var agent = await parties.OpenAsync(name);
            (await members[0].InviteAsync(name, Cancelled)).ShouldBe(agent.Name);
            members.Add(await agent.AcceptAsync(Cancelled));
        }
        await ExchangeAsync(members);

        var carol = members[3];
        await members[0].RemoveAsync(members[0].Participants.Single(name => name.Text!.Component2 == "carol"), Cancelled);
        (await carol.Closed.WaitAsync(Cancelled)).ShouldContain("removed");
        members.Remove(carol);
        await ExchangeAsync(members);
        (await Should.ThrowAsync<SlimException>(async () => await carol.ReceiveAsync(Cancelled))).Error.ShouldBe(SlimError.SessionClosed);
        foreach (var member in members)
            member.Participants.Count.ShouldBe(3);

        await members[0].CloseAsync(Cancelled);
        foreach (var member in members)
            await member.Closed.WaitAsync(Cancelled);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_leaves_by_itself_is_out_for_everybody_and_may_come_back(bool encrypted)
    {
        await using var parties = new Parties();
        var moderator = await parties.OpenAsync("org/ns/moderator");
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var room = moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = encrypted });
        await room.InviteAsync("org/ns/alice", Cancelled);
        await room.InviteAsync("org/ns/bob", Cancelled);
        var (atAlice, atBob) = (await alice.AcceptAsync(Cancelled), await bob.AcceptAsync(Cancelled));

        await atBob.CloseAsync(Cancelled);
        while (atAlice.Participants.Count > 2)
            await Task.Delay(10, Cancelled);
        await ExchangeAsync([room, atAlice]);
        await room.InviteAsync("org/ns/bob", Cancelled);
        await ExchangeAsync([room, atAlice, await bob.AcceptAsync(Cancelled)]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_message_to_one_participant_reaches_nobody_else()
    {
        await using var parties = new Parties();
        var moderator = await parties.OpenAsync("org/ns/moderator");
        var alice = await parties.OpenAsync("org/ns/alice");
        var bob = await parties.OpenAsync("org/ns/bob");
        var room = moderator.CreateGroup("org/ns/room");
        var nameOfAlice = await room.InviteAsync("org/ns/alice", Cancelled);
        await room.InviteAsync("org/ns/bob", Cancelled);
        var (atAlice, atBob) = (await alice.AcceptAsync(Cancelled), await bob.AcceptAsync(Cancelled));

        await room.SendToAsync(nameOfAlice, "to alice"u8.ToArray(), cancellationToken: Cancelled);
        await room.SendAsync("to all"u8.ToArray(), cancellationToken: Cancelled);

        var first = await atAlice.ReceiveAsync(Cancelled);
        (Encoding.UTF8.GetString(first.Payload.Span), first.Metadata.Count).ShouldBe(("to alice", 0));
        Encoding.UTF8.GetString((await atAlice.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe("to all");
        Encoding.UTF8.GetString((await atBob.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe("to all");
        (await Should.ThrowAsync<SlimException>(() => room.SendToAsync(SlimName.Of("org", "ns", "nobody"), new byte[1], cancellationToken: Cancelled))).Error.ShouldBe(SlimError.NotAParticipant);
    }

    [Fact(Timeout = 60_000)]
    public async Task Only_the_moderator_invites_and_removes_and_nobody_twice()
    {
        await using var parties = new Parties();
        var moderator = await parties.OpenAsync("org/ns/moderator");
        var alice = await parties.OpenAsync("org/ns/alice");
        var room = moderator.CreateGroup("org/ns/room");
        await room.InviteAsync("org/ns/alice", Cancelled);
        var atAlice = await alice.AcceptAsync(Cancelled);

        (await Should.ThrowAsync<SlimException>(() => atAlice.InviteAsync("org/ns/bob", Cancelled))).Error.ShouldBe(SlimError.NotTheModerator);
        (await Should.ThrowAsync<SlimException>(() => atAlice.RemoveAsync(moderator.Name, Cancelled))).Error.ShouldBe(SlimError.NotTheModerator);
        (await Should.ThrowAsync<SlimException>(() => room.InviteAsync("org/ns/alice", Cancelled))).Error.ShouldBe(SlimError.AlreadyInvited);
        (await Should.ThrowAsync<SlimException>(() => room.RemoveAsync(moderator.Name, Cancelled))).Error.ShouldBe(SlimError.NotAParticipant);
    }

    /// <summary>Each sends once, and everybody else reads it.</summary>
    private static async Task ExchangeAsync(IReadOnlyList<SlimSession> members)
    {
        foreach (var sender in members)
        {
            var text = Guid.NewGuid().ToString();
            await sender.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken: Cancelled);
            foreach (var receiver in members.Where(member => member != sender))
                Encoding.UTF8.GetString((await receiver.ReceiveAsync(Cancelled)).Payload.Span).ShouldBe(text);
        }
    }
}
