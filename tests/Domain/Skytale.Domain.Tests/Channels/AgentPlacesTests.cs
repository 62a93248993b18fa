using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Tests.Channels;

public sealed class AgentPlacesTests
{
    private static readonly AgentId Alice = AgentId.FromPublicKey([1, .. new byte[31]]);
    private static readonly AgentId Bob = AgentId.FromPublicKey([2, .. new byte[31]]);
    private readonly AgentPlaces _places = new(new ChannelLimits { ChannelsPerAgent = 2, WelcomesPerAgent = 1 });

    [Fact]
    public void Places_are_taken_for_all_or_for_none()
    {
        _places.Take([Bob], [], Welcome(1)).ShouldBeNull();
        _places.Take([Alice, Bob], [], Welcome(2))!.Code.ShouldBe(ErrorCode.LimitReached);
        _places.WelcomesFor(Alice, behind: 0).ShouldBeEmpty();
        _places.Take([Alice], [], Welcome(3)).ShouldBeNull();
    }

    [Fact]
    public void An_acknowledged_welcome_makes_room_for_another()
    {
        _places.Take([Bob], [], Welcome(1)).ShouldBeNull();
        _places.Acknowledge(Bob, Welcome(1).ChannelId, new Sequence(8));
        _places.WelcomesFor(Bob, behind: 0).Count.ShouldBe(1, "another sequence is another Welcome");
        _places.Acknowledge(Bob, Welcome(1).ChannelId, Welcome(1).Sequence);
        _places.WelcomesFor(Bob, behind: 0).ShouldBeEmpty();
        _places.Take([Bob], [], Welcome(2)).ShouldBeNull();
    }

    [Fact]
    public void A_channel_that_an_agent_left_counts_no_more()
    {
        _places.Take(Alice).ShouldBeNull();
        _places.Take(Alice).ShouldBeNull();
        _places.Take(Alice)!.Code.ShouldBe(ErrorCode.LimitReached);
        _places.Take([], [Alice], Welcome(1)).ShouldBeNull();
        _places.Take(Alice).ShouldBeNull();
    }

    [Fact]
    public void A_later_welcome_of_a_channel_takes_the_place_of_the_one_before_and_comes_behind_it()
    {
        _places.Take([Bob], [], Welcome(1)).ShouldBeNull();
        var first = _places.WelcomesFor(Bob, behind: 0).ShouldHaveSingleItem();
        _places.WelcomesFor(Bob, behind: first.Ticket).ShouldBeEmpty();
        var again = Welcome(1) with { Sequence = new Sequence(20) };
        _places.Take([Bob], [Bob], again).ShouldBeNull();
        _places.WelcomesFor(Bob, behind: first.Ticket).ShouldHaveSingleItem().Welcome.ShouldBe(again);
    }

    private static WaitingWelcome Welcome(byte channel) => new(new ChannelId(Enumerable.Repeat(channel, ChannelId.Size).ToArray()), default, new Sequence(7), new byte[] { channel });
}
