using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;

namespace Skytale.Tests;

public sealed class OrderingTests
{
    [Fact]
    public void Messages_in_order_are_delivered_at_once()
    {
        var ordering = new Ordering(1);

        for (uint number = 1; number <= 5; number++)
        {
            ordering.PlaceOf(number).ShouldBe(Place.Next);
            Numbers(ordering.Take(number, Message(number), out var missing)).ShouldBe([number]);
            missing.ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_comes_early_waits_for_what_is_missing_which_is_asked_for_once()
    {
        var ordering = new Ordering(1);

        Numbers(ordering.Take(4, Message(4), out var missing)).ShouldBeEmpty();
        missing.ShouldBe([1u, 2u, 3u]);
        Numbers(ordering.Take(6, Message(6), out missing)).ShouldBeEmpty();
        missing.ShouldBe([5u]);
        Numbers(ordering.Take(2, Message(2), out missing)).ShouldBeEmpty();
        missing.ShouldBeEmpty();
        Numbers(ordering.Take(1, Message(1), out _)).ShouldBe([1u, 2u]);
        Numbers(ordering.Take(3, Message(3), out _)).ShouldBe([3u, 4u]);
        Numbers(ordering.Take(5, Message(5), out _)).ShouldBe([5u, 6u]);
    }

    [Fact]
    public void What_was_delivered_is_kept_or_was_given_up_is_known()
    {
        var ordering = new Ordering(1);
        ordering.Take(1, Message(1), out _);
        ordering.Take(4, Message(4), out _);
        ordering.GiveUp(3);

        ordering.PlaceOf(1).ShouldBe(Place.Known);
        ordering.PlaceOf(2).ShouldBe(Place.Next);
        ordering.PlaceOf(3).ShouldBe(Place.Known);
        ordering.PlaceOf(4).ShouldBe(Place.Known);
        ordering.PlaceOf(5).ShouldBe(Place.Early);
    }

    [Fact]
    public void A_message_says_how_many_before_it_were_lost()
    {
        var ordering = new Ordering(1);
        ordering.Take(4, Message(4), out _);

        ordering.GiveUp(2).ShouldBeEmpty();
        ordering.GiveUp(1).ShouldBeEmpty();
        var delivered = ordering.GiveUp(3);

        Numbers(delivered).ShouldBe([4u]);
        delivered[0].LostBefore.ShouldBe(3);
        ordering.Take(5, Message(5), out _)[0].LostBefore.ShouldBe(0);
    }

    [Fact]
    public void Who_comes_later_begins_with_what_comes_first()
    {
        var ordering = new Ordering(next: null);

        Numbers(ordering.Take(70, Message(70), out var missing)).ShouldBe([70u]);
        missing.ShouldBeEmpty();
        ordering.PlaceOf(69).ShouldBe(Place.Known);
        Numbers(ordering.Take(72, Message(72), out missing)).ShouldBeEmpty();
        missing.ShouldBe([71u]);
    }

    [Fact]
    public void The_numbers_begin_again_behind_the_last_one()
    {
        var ordering = new Ordering(Ordering.Last);

        Numbers(ordering.Take(0, Message(0), out var missing)).ShouldBeEmpty();
        missing.ShouldBe([Ordering.Last]);
        Numbers(ordering.Take(Ordering.Last, Message(Ordering.Last), out _)).ShouldBe([Ordering.Last, 0u]);
        ordering.PlaceOf(Ordering.Last).ShouldBe(Place.Known);
    }

    [Fact]
    public void What_is_further_ahead_than_a_sender_keeps_is_not_taken()
    {
        var ordering = new Ordering(1);

        ordering.PlaceOf(1 + Ordering.Window).ShouldBe(Place.Early);
        ordering.PlaceOf(2 + Ordering.Window).ShouldBe(Place.TooEarly);
    }

    private static SlimMessage Message(uint number) =>
        new(SlimName.Of("org", "ns", "sender"), "msg", BitConverter.GetBytes(number), new Dictionary<string, string>());

    private static IEnumerable<uint> Numbers(IEnumerable<SlimMessage> messages) => messages.Select(message => BitConverter.ToUInt32(message.Payload.Span));
}
