using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>How often a member may commit, so that it does not keep the others from sending and committing.</summary>
public sealed class CommitRateTests
{
    private const int Timeout = 60_000;

    private static readonly ChannelLimits s_limits = new() { CommitsPerMember = new Allowance(3, TimeSpan.FromSeconds(10)) };

    [Fact(Timeout = Timeout)]
    public async Task A_member_that_commits_too_often_waits_and_the_others_do_not()
    {
        await using var relay = await TestRelay.StartAsync(s_limits);
        var members = await relay.ChannelOfAsync(2); // By one commit.
        await members[0].CommitAsync();
        await members[0].CommitAsync();
        await RefusedAsync(members[0]);

        await members[1].CatchUpAsync();
        await members[1].CommitAsync();
        await members[0].CatchUpAsync();
        await RefusedAsync(members[0]);
        await members[0].SendAsync("messages are no commits");

        relay.Time.Advance(TimeSpan.FromSeconds(10));
        await members[0].CommitAsync();
        await RefusedAsync(members[0]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_that_came_too_late_takes_nothing()
    {
        await using var relay = await TestRelay.StartAsync(s_limits);
        var members = await relay.ChannelOfAsync(2);
        using var late = members[1].Commit();
        await members[0].CommitAsync();
        for (var i = 0; i < 10; i++)
            await members[1].Connection.RefusedAsync(ErrorCode.StaleEpoch, members[1].RequestOf(late));

        await members[1].CatchUpAsync();
        for (var i = 0; i < 3; i++)
            await members[1].CommitAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_invalid_commit_takes_one()
    {
        await using var relay = await TestRelay.StartAsync(s_limits);
        var members = await relay.ChannelOfAsync(2);
        using var pending = members[1].Commit();
        for (var i = 0; i < 3; i++)
        {
            await members[1].Connection.RefusedAsync(
                ErrorCode.InvalidGroupInfo, members[1].RequestOf(pending, groupInfo: pending.GroupInfo with { Signature = pending.GroupInfo.GroupContext.TreeHash }));
        }
        await members[1].Connection.RefusedAsync(ErrorCode.RateLimited, members[1].RequestOf(pending));
    }

    private static async Task RefusedAsync(TestAgent member)
    {
        using var pending = member.Commit();
        await member.Connection.RefusedAsync(ErrorCode.RateLimited, member.RequestOf(pending));
    }
}
