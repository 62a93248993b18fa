using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.SqlCipher;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>A store that is gone, or is an old one: no key is used twice, and the agent is in its channel again.</summary>
[Trait("Category", "Slow")]
public sealed class LostStateTests
{
    [Fact(Timeout = 60_000)]
    public async Task An_agent_that_has_lost_its_store_and_kept_its_identity_is_added_again()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        var home = party[2].Home with { Path = party[2].Home.Path + ".new" };
        KeepIdentityAlone(party[2].Home, home);

        await using var agent = await world.ConnectAsync(home);
        var channel = await agent.RecoverChannelAsync(party[0].Channel.Id).Soon();

        (await party[1].SeenAsync<ReAddingAsked>()).Reason.ShouldBe(ReAddingReason.LostState);
        await party[0].Channel.SendAsync("welcome back").Soon();
        (await channel.TakeAsync(1)).ShouldBe(["welcome back"]);
        await channel.SendAsync("thank you").Soon();
        (await party[1].Channel.TakeAsync(2)).ShouldBe(["welcome back", "thank you"]);
        channel.Members.Count.ShouldBe(3);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nobody_who_is_no_member_is_added_by_asking()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await using var stranger = await Guest.ComeAsync(world, "stranger");

        (await Should.ThrowAsync<SkytaleException>(() => stranger.Agent.RecoverChannelAsync(party[0].Channel.Id))).Error.ShouldBe(SkytaleError.NotAMember);
        party[0].Channel.Members.Count.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Behind_a_store_that_was_rolled_back_nothing_is_encrypted_before_new_keys()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].Channel.SendAsync("before the copy").Soon();
        await party[1].LeaveAsync();
        var copy = await File.ReadAllBytesAsync(party[1].Home.Path, TestContext.Current.CancellationToken);
        await party[1].ComeAsync();
        for (var i = 0; i < 70; i++)
            await party[1].Channel.SendAsync($"{i}").Soon();
        var epoch = party[1].Channel.Epoch;
        await party[1].LeaveAsync();
        await File.WriteAllBytesAsync(party[1].Home.Path, copy, TestContext.Current.CancellationToken);

        await party[1].ComeAsync();
        await party[1].Channel.SendAsync("after the copy").Soon();

        party[1].Channel.Epoch.ShouldBe(epoch + 1);
        (await party[0].Channel.TakeAsync(72)).ShouldBe(["before the copy", .. Enumerable.Range(0, 70).Select(i => $"{i}"), "after the copy"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_restart_alone_costs_no_new_keys_and_many_do()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        var epoch = party[1].Channel.Epoch;
        var epochs = new List<ulong>();
        for (var run = 0; run < 4; run++)
        {
            await party[1].Channel.SendAsync($"run {run}").Soon();
            epochs.Add(party[1].Channel.Epoch - epoch);
            await party[1].LeaveAsync();
            await party[1].ComeAsync();
        }

        // Each run loses what it reserved: 63 generations, and more than 128 are too many.
        epochs.ShouldBe([0ul, 0ul, 0ul, 1ul]);
        (await party[0].Channel.TakeAsync(4)).ShouldBe(["run 0", "run 1", "run 2", "run 3"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_agent_whose_old_store_does_not_know_its_own_commit_is_added_again()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 2);
        await party[1].LeaveAsync();
        var copy = await File.ReadAllBytesAsync(party[1].Home.Path, TestContext.Current.CancellationToken);
        await party[1].ComeAsync();
        await party[1].Channel.UpdateKeysAsync().Soon();
        await party[1].LeaveAsync();
        await File.WriteAllBytesAsync(party[1].Home.Path, copy, TestContext.Current.CancellationToken);

        await party[1].ComeAsync();

        (await party[0].SeenAsync<ReAddingAsked>()).Reason.ShouldBe(ReAddingReason.LostState);
        await party.TogetherAsync();
        await party.HearAsync(1, "in again", 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_wish_to_be_added_again_is_judged_by_its_members_signature_and_epoch_and_three_an_hour_are_kept()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        var (at, by) = (party[0].Channel.Session, party[2].Channel.Session);
        var keyPackage = new Agent.Keys.KeyPackageSupply(by.Context).CreateForOnce();
        DeliverReAdding Wish(ulong epoch, Func<DeliverReAdding, DeliverReAdding>? change = null)
        {
            var content = new ReAddingContent(at.Id, epoch, ReAddingReason.LostState, keyPackage.Reference(ChannelSuite.Default).Memory, party[2].Home.Id);
            var signature = by.Context.Identity.Sign(LabeledContent.ReAdding, content.Encode());
            var wish = new DeliverReAdding(at.Id, at.Received.Next, epoch, ReAddingReason.LostState, Tls.Encode(new MlsMessage(keyPackage)).Memory, party[2].Home.Id, signature);
            return change?.Invoke(wish) ?? wish;
        }
        Task<string?> ConsiderAsync(DeliverReAdding wish) => at.LockedAsync(() => { var why = at.Wishes.Consider(wish); at.Wishes.DropAll(); return why; }, TestContext.Current.CancellationToken);

        (await ConsiderAsync(Wish(1))).ShouldNotBeNull().ShouldContain("epoch 1");
        (await ConsiderAsync(Wish(2, wish => wish with { Reason = ReAddingReason.CommitFailed }))).ShouldNotBeNull().ShouldContain("signature");
        (await ConsiderAsync(Wish(2, wish => wish with { Member = party[1].Home.Id }))).ShouldNotBeNull().ShouldContain("not");
        (await ConsiderAsync(Wish(2, wish => wish with { KeyPackage = "junk"u8.ToArray() }))).ShouldNotBeNull();
        for (var ask = 0; ask < 3; ask++)
            (await ConsiderAsync(Wish(2))).ShouldBeNull();
        (await ConsiderAsync(Wish(2))).ShouldNotBeNull().ShouldContain("within an hour");
    }

    private static void KeepIdentityAlone(AgentHome from, AgentHome to)
    {
        using var old = SqlCipherAgentStore.Open(from.Path, from.Key.Span);
        using var young = SqlCipherAgentStore.Open(to.Path, to.Key.Span);
        using var seed = old.ReadIdentitySeed()!;
        young.Write(transaction => transaction.PutIdentitySeed(seed));
    }
}
