using Skytale.Groups;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Forgery;
using Skytale.Sdk;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

/// <summary>A member whom a commit removes that may still be voided.</summary>
[Trait("Category", "Slow")]
public sealed class RemovalTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_member_whose_removal_is_voided_goes_on_as_if_nothing_had_been()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        var reading = party[1].Channel.TakeAsync(1);

        await RemoveAsync(party, 1, Insider.WithWrongTag);
        (await Should.ThrowAsync<SkytaleException>(() => party[1].Channel.SendAsync("am I in?"))).Error.ShouldBe(SkytaleError.NotAMember);
        reading.IsCompleted.ShouldBeFalse();
        await party[2].ComeAsync();

        (await party[1].SeenAsync<EpochVoided>()).Epoch.ShouldBe(2ul);
        await party[2].Channel.SendAsync("you are").Soon();
        (await reading).ShouldBe(["you are"]);
        await party[1].Channel.SendAsync("good").Soon();
        await party.TogetherAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_member_that_comes_back_to_a_removal_that_may_be_voided_waits_for_that()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await RemoveAsync(party, 1, Insider.WithWrongTag);
        await party[1].LeaveAsync();
        await party[1].ComeAsync();
        await party[1].Channel.Session.WaitAsync(() => party[1].Channel.Session.IsRemoved, TestContext.Current.CancellationToken);

        await party[2].ComeAsync();

        await party[1].SeenAsync<EpochVoided>();
        await party.TogetherAsync();
        await party.HearAsync(1, "here I am", 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_member_whose_removal_stands_has_read_to_the_end_and_left()
    {
        await using var world = await World.StartAsync();
        await using var party = await Party.OfAsync(world, 3);
        await party[2].LeaveAsync();
        await party[0].Channel.SendAsync("the last").Soon();
        await RemoveAsync(party, 1, new ForgedCommit());
        var reading = party[1].Channel.TakeAsync(2);

        await party[2].ComeAsync();

        (await reading).ShouldBe(["the last"]);
        party[1].Agent.FindChannel(party[1].Channel.Name.ToString()).ShouldBeNull();
    }

    /// <summary>The first guest removes another, who knows of it when this returns.</summary>
    private static async Task RemoveAsync(Party party, int guest, ForgedCommit how)
    {
        var group = party[0].Channel.Session.Head.Group;
        var leaf = group.Public.Members.Single(member => AgentLeaf.Identify(member.Leaf) == party[guest].Agent.Id).Index;
        (await Insider.CommitAsync(party[0].Channel, how with { Proposals = ForgedCommit.ByValue(new RemoveProposal(leaf)) })).Answer.IsSuccess.ShouldBeTrue();
        await party[guest].Channel.Session.WaitAsync(() => party[guest].Channel.Session.IsRemoved, TestContext.Current.CancellationToken);
    }
}
