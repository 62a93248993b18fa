using Skytale.Sdk.Slim;
using Skytale.SlimWire.Messages;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>Members that go away, fall silent or miss a commit, in groups of native agents and applications over the real client.</summary>
[Trait("Category", "Live")]
public sealed class RejoinTests(NativeServer server) : IClassFixture<NativeServer>
{
    private const int Patience = 180_000;

    private static readonly SlimSessionOptions s_options = new() { Interval = TimeSpan.FromMilliseconds(300), MaxRetries = 3 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_native_agent_that_missed_a_commit_is_taken_in_again_by_an_application()
    {
        await using var account = await server.SignUpAsync();
        var (native, link) = await NativeAsync(account, "native");
        await using var moderator = await ConnectAsync(account, "moderator");
        await using var alice = await ConnectAsync(account, "alice");
        var room = await moderator.OpenGroupAsync(account.NameOf("room"), new SessionKind(Mls: true, MaxRetries: 10, Interval: 300));
        await moderator.InviteAsync(room, account.NameOf("native"));
        var ours = await native.AcceptAsync(Cancel);

        link.LosesArriving = envelope => LossyLink.IsOf(envelope, SessionMessageType.GroupUpdate) && !link.HasArrived(SessionMessageType.RejoinReply);
        var atAlice = await NativeAgentTests.InviteAsync(alice, () => moderator.InviteAsync(room, alice.Name));

        await UntilAsync(() => ours.Participants.Count == 3);
        await NativeAgentTests.EverybodyHearsAsync(ours, (moderator, room), (alice, atAlice));
    }

    [Fact(Timeout = Patience)]
    public async Task An_application_that_missed_a_commit_is_taken_in_again_by_a_native_agent()
    {
        await using var account = await server.SignUpAsync();
        var (native, link) = await NativeAsync(account, "native");
        await using var alice = await ConnectAsync(account, "alice");
        await using var bob = await ConnectAsync(account, "bob");
        var room = native.CreateGroup(account.NameOf("room"), s_options);
        var atAlice = await NativeAgentTests.InviteAsync(alice, () => room.InviteAsync(alice.Name, Cancel));

        link.LosesLeaving = envelope => LossyLink.IsOf(envelope, SessionMessageType.GroupUpdate);
        var atBob = await NativeAgentTests.InviteAsync(bob, () => room.InviteAsync(bob.Name, Cancel));
        link.LosesLeaving = _ => false;

        await UntilAsync(() => link.HasArrived(SessionMessageType.RejoinRequest));
        await UntilAsync(() => alice.MembersAsync(atAlice), members => members.Count == 3);
        await NativeAgentTests.EverybodyHearsAsync(room, (alice, atAlice), (bob, atBob));
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_that_was_away_comes_back_into_a_native_agents_group(bool mls)
    {
        await using var account = await server.SignUpAsync();
        var (native, link) = await NativeAsync(account, "native");
        await using var alice = await ConnectAsync(account, "alice");
        await using var bob = await ConnectAsync(account, "bob");
        await using var carol = await ConnectAsync(account, "carol");
        var room = native.CreateGroup(account.NameOf("room"), s_options with { Encrypted = mls });
        var atAlice = await NativeAgentTests.InviteAsync(alice, () => room.InviteAsync(alice.Name, Cancel));
        var atBob = await NativeAgentTests.InviteAsync(bob, () => room.InviteAsync(bob.Name, Cancel));

        await alice.GoAwayAsync(atAlice);
        await room.RemoveAsync(room.Participants.Single(name => name.Text!.Component2 == "bob"), Cancel);
        var atCarol = await NativeAgentTests.InviteAsync(carol, () => room.InviteAsync(carol.Name, Cancel));
        await NativeAgentTests.EverybodyHearsAsync(room, (carol, atCarol));
        await alice.RejoinAsync(atAlice);

        link.HasArrived(SessionMessageType.RejoinRequest).ShouldBe(mls);
        await UntilAsync(() => alice.MembersAsync(atAlice), members => !mls || members.Any(member => member.Contains("carol", StringComparison.Ordinal)));
        if (mls)
            await NativeAgentTests.EverybodyHearsAsync(room, (alice, atAlice), (carol, atCarol));
        else
            await NativeAgentTests.EverybodyHearsAsync(room, (alice, atAlice));
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_goes_on_in_a_group_whose_new_member_says_nothing(bool mls)
    {
        await using var account = await server.SignUpAsync();
        var (native, _) = await NativeAsync(account, "native");
        var (silent, silentLink) = await NativeAsync(account, "silent");
        await using var alice = await ConnectAsync(account, "alice");
        var room = native.CreateGroup(account.NameOf("room"), s_options with { Encrypted = mls });
        var atAlice = await NativeAgentTests.InviteAsync(alice, () => room.InviteAsync(alice.Name, Cancel));

        silentLink.LosesArriving = envelope => LossyLink.IsOf(envelope, SessionMessageType.GroupWelcome);
        (await Should.ThrowAsync<SlimException>(room.InviteAsync(account.NameOf("silent"), Cancel))).Error.ShouldBe(SlimError.NoAnswer);

        await UntilAsync(() => alice.MembersAsync(atAlice), members => members.Count == 2);
        await NativeAgentTests.EverybodyHearsAsync(room, (alice, atAlice));
        silent.Sessions.ShouldBeEmpty();
    }

    /// <summary>What keeps a native agent from taking a session for one that its creator has left without a word.</summary>
    [Fact(Timeout = Patience)]
    public async Task Applications_say_that_they_are_there_in_sessions_of_every_kind()
    {
        await using var account = await server.SignUpAsync();
        var (native, link) = await NativeAsync(account, "native");
        await using var application = await ConnectAsync(account, "application");
        var sessions = new List<SlimSession>();
        foreach (var (mls, retries) in new (bool, int?)[] { (true, 3), (false, 3), (true, null), (false, null) })
        {
            await application.OpenAsync(account.NameOf("native"), new SessionKind(mls, retries));
            sessions.Add(await native.AcceptAsync(Cancel));
        }

        foreach (var session in sessions)
            await UntilAsync(() => link.Arrived.Any(envelope => LossyLink.IsOf(envelope, SessionMessageType.Heartbeat) && envelope.Session.SessionId == session.Id));
    }

    private static async Task<(SlimAgent, LossyLink)> NativeAsync(SlimAccount account, string name)
    {
        LossyLink? link = null;
        var native = await account.ConnectAsync(name, options => options with { Link = link = new LossyLink(options.Link) });
        return (native.Slim, link!);
    }

    private Task<SlimApplication> ConnectAsync(SlimAccount account, string application) => SlimApplication.ConnectAsync(server.Endpoint, account.NameOf(application));

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()), so => so);

    private static async Task UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isSo)
    {
        while (!isSo(await ask()))
            await Task.Delay(50, Cancel);
    }
}
