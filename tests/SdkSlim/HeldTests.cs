using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;

namespace Skytale.Tests;

/// <summary>How much of messages is kept, by bytes.</summary>
public sealed class HeldTests
{
    private const int Megabyte = 1 << 20;

    private static readonly SlimName s_sender = SlimName.Of("org", "ns", "sender");

    [Fact]
    public void What_waits_has_a_bound_of_which_early_messages_take_half()
    {
        var held = new HeldBytes(whole: null, most: 4 * Megabyte);
        held.Add(Message(Megabyte));

        held.HasRoomFor(Envelope(Megabyte), isEarly: true).ShouldBeFalse();
        held.HasRoomFor(Envelope(Megabyte / 2), isEarly: true).ShouldBeTrue();
        held.HasRoomFor(Envelope(3 * Megabyte), isEarly: false).ShouldBeFalse();
        held.HasRoomFor(Envelope(2 * Megabyte), isEarly: false).ShouldBeTrue();
        held.Remove(Message(Megabyte));
        held.HasRoomFor(Envelope(9 * Megabyte), isEarly: false).ShouldBeTrue("where nothing waits there is room for one");
    }

    [Fact]
    public void All_sessions_together_have_a_bound_and_one_that_ends_gives_its_part_back()
    {
        var whole = new HeldBytes(whole: null, most: 4 * Megabyte);
        var (one, other) = (new HeldBytes(whole, most: 8 * Megabyte), new HeldBytes(whole, most: 8 * Megabyte));
        one.Add(Message(3 * Megabyte));

        other.HasRoomFor(Envelope(2 * Megabyte), isEarly: false).ShouldBeFalse();
        one.End();
        other.HasRoomFor(Envelope(2 * Megabyte), isEarly: false).ShouldBeTrue();

        one.Remove(Message(3 * Megabyte));
        other.Add(Message(3 * Megabyte));
        other.HasRoomFor(Envelope(2 * Megabyte), isEarly: false).ShouldBeFalse("what is read of a session that is over is not given back twice");
    }

    [Fact]
    public void The_last_messages_are_kept_within_a_number_and_bytes()
    {
        var (many, large) = (new SentMessages(), new SentMessages());
        for (uint number = 1; number <= SentMessages.Capacity + 1; number++)
            many.Add(Sent(number, 1));
        for (uint number = 1; number <= 5; number++)
            large.Add(Sent(number, 4_000_000));

        (many.Find(1), many.Find(2)?.Number, large.Find(1), large.Find(2)?.Number).ShouldBe((null, 2u, null, 2u));
        large.Add(Sent(6, (int)SentMessages.MaxBytes + 1));
        (large.Find(5), large.Find(6)?.Number).ShouldBe((null, 6u));
    }

    private static SlimMessage Message(int size) => new(s_sender, "msg", new byte[size], new Dictionary<string, string>());

    private static Envelope Envelope(int size) => new() { Source = s_sender, Destination = s_sender, Content = new byte[size] };

    private static SentMessage Sent(uint number, int size) => new(number, "msg", new byte[size], new Dictionary<string, string>());
}
