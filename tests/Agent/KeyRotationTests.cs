using Microsoft.Extensions.Time.Testing;
using Skytale.Mls.Codec;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>New keys by policy: by age, also that of a time away, and by messages.</summary>
public sealed class KeyRotationTests
{
    private static readonly KeyRotation Weekly = new();
    private static readonly KeyRotation Counted = new() { MaxAge = null, MaxMessages = KeyRotation.FewestMessages };

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Keys_that_are_a_week_old_are_renewed_and_the_others_follow()
    {
        await using var world = await World.StartAsync();
        await using var alice = await ComeAsync(world, "alice");
        await using var bob = await ComeAsync(world, "bob", KeyRotation.Never);
        var (atAlice, atBob) = await world.MeetAsync(alice, bob);
        var before = LeafKey(atAlice, alice.Id);

        await RenewedAsync(atAlice, before, TimeSpan.FromHours(1));

        await atAlice.SendAsync("by new keys").Soon();
        (await atBob.TakeAsync(1)).ShouldBe(["by new keys"]);
        LeafKey(atBob, alice.Id).ShouldBe(LeafKey(atAlice, alice.Id));
    }

    [Fact]
    public async Task Members_that_are_due_at_the_same_time_all_get_new_keys()
    {
        await using var world = await World.StartAsync();
        await using var alice = await ComeAsync(world, "alice");
        await using var bob = await ComeAsync(world, "bob");
        var (atAlice, atBob) = await world.MeetAsync(alice, bob);
        var before = (LeafKey(atAlice, alice.Id), LeafKey(atBob, bob.Id));

        _time.Advance(TimeSpan.FromDays(8));
        await RenewedAsync(atAlice, before.Item1, TimeSpan.FromSeconds(10));
        await RenewedAsync(atBob, before.Item2, TimeSpan.FromSeconds(10));

        await atAlice.SendAsync("together").Soon();
        (await atBob.TakeAsync(1)).ShouldBe(["together"]);
    }

    [Fact]
    public async Task The_time_away_counts_and_what_is_late_is_done_within_minutes()
    {
        await using var world = await World.StartAsync();
        var home = await world.CreateAgentAsync("alice");
        string before, name;
        await using (var alice = await world.ConnectAsync(home, time: _time))
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await channel.UpdateKeysAsync().Soon();
            (before, name) = (LeafKey(channel, alice.Id), channel.Name.ToString());
        }

        _time.Advance(Weekly.MaxAge!.Value);
        var back = _time.GetUtcNow();
        await using var again = await world.ConnectAsync(home, time: _time);
        await RenewedAsync(again.FindChannel(name).ShouldNotBeNull(), before, TimeSpan.FromSeconds(10));
        (_time.GetUtcNow() - back).ShouldBeLessThan(TimeSpan.FromDays(6)); // Else it was counted from the return.
    }

    [Fact]
    public async Task Each_commit_of_its_own_is_counted_from_once()
    {
        await using var world = await World.StartAsync();
        await using var alice = await ComeAsync(world, "alice", KeyRotation.Never);
        await using var bob = await ComeAsync(world, "bob", KeyRotation.Never);
        var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
        TimeSpan Left(double early = 0) => channel.Session.OwnKeys.UntilTooOld(Weekly, early).ShouldNotBeNull();
        Left().ShouldBe(TimeSpan.FromDays(7), tolerance: TimeSpan.FromSeconds(1)); // A leaf's lifetime is in seconds.

        _time.Advance(TimeSpan.FromDays(3));
        Left().ShouldBe(TimeSpan.FromDays(4), tolerance: TimeSpan.FromSeconds(1));
        await channel.AddMemberAsync(bob.Id).Soon();
        (Left(), Left(early: 1)).ShouldBe((TimeSpan.FromDays(7), TimeSpan.FromDays(6.3)));

        _time.Advance(TimeSpan.FromDays(1));
        channel.Session.OwnKeys.Renewed(new Mls.Messages.Epoch(channel.Epoch)); // As when it is followed again after a restart.
        Left().ShouldBe(TimeSpan.FromDays(6));
        _time.Advance(TimeSpan.FromDays(30));
        Left().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task Keys_are_renewed_after_so_many_messages_and_those_that_a_restart_may_have_lost_count()
    {
        await using var world = await World.StartAsync();
        var home = await world.CreateAgentAsync("alice");
        string name;
        await using (var alice = await world.ConnectAsync(home, rotation: Counted))
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            name = channel.Name.ToString();
            for (var i = 0; i < 65; i++)
                await channel.SendAsync("of the first block and one of the second").Soon();
            channel.Session.OwnKeys.AreUsedUp(Counted, early: 1).ShouldBeFalse();
        }

        await using var again = await world.ConnectAsync(home, rotation: Counted);
        var back = again.FindChannel(name).ShouldNotBeNull();
        var before = LeafKey(back, again.Id);
        back.Session.Context.Store.ReadOwnKeys(back.Id).ShouldNotBeNull().Sent.ShouldBe(128UL);
        for (var i = 128; i < Counted.MaxMessages; i++)
            await back.SendAsync("and more").Soon();
        await RenewedAsync(back, before, TimeSpan.Zero);
        back.Session.OwnKeys.AreUsedUp(Counted, early: 1).ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_would_commit_all_the_time_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new KeyRotation { MaxAge = KeyRotation.ShortestAge - TimeSpan.FromTicks(1) });
        Should.Throw<ArgumentOutOfRangeException>(() => new KeyRotation { MaxMessages = KeyRotation.FewestMessages - 1 });
        new KeyRotation { MaxAge = KeyRotation.ShortestAge, MaxMessages = KeyRotation.FewestMessages }.ShouldNotBe(KeyRotation.Never);
    }

    private async Task<SkytaleAgent> ComeAsync(World world, string name, KeyRotation? rotation = null) =>
        await world.ConnectAsync(await world.CreateAgentAsync(name), time: _time, rotation: rotation);

    /// <summary>Lets time go by until the agent has another leaf key.</summary>
    private async Task RenewedAsync(SkytaleChannel channel, string before, TimeSpan step)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        var me = channel.Session.Context.Identity.Id;
        while (LeafKey(channel, me) == before)
        {
            await Task.Delay(10, patience.Token);
            _time.Advance(step);
        }
    }

    private static string LeafKey(SkytaleChannel channel, AgentId agent)
    {
        var leaf = channel.Session.Head.Group.Public.Members.Single(member => Groups.AgentLeaf.Identify(member.Leaf) == agent).Leaf;
        return Convert.ToHexString(Tls.Encode(leaf.EncryptionKey).Span);
    }
}
