using Skytale.ChannelLogs.Embedded;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Infrastructure.Tests.ChannelLogs;

public class KnownTailsTests
{
    [Fact]
    public void A_channel_that_is_written_to_stays_known_however_many_others_come()
    {
        var tails = new KnownTails(10);
        for (var i = 0; i < 100; i++)
        {
            tails.Set(Channel(0), Tail(i));
            tails.Set(Channel(1 + i), Tail(0));
            tails.Find(Channel(0)).ShouldBe(Tail(i));
        }
    }

    [Fact]
    public void What_is_not_written_to_goes()
    {
        var tails = new KnownTails(10);
        for (var i = 0; i <= 20; i++)
            tails.Set(Channel(i), Tail(i));

        tails.Find(Channel(9)).ShouldBeNull();
        tails.Find(Channel(10)).ShouldBe(Tail(10));
        tails.Find(Channel(20)).ShouldBe(Tail(20));
    }

    [Fact]
    public void Nothing_is_known_after_a_batch_that_was_dropped()
    {
        var tails = new KnownTails(1);
        tails.Set(Channel(1), Tail(1));
        tails.Set(Channel(2), Tail(2));
        tails.Clear();

        tails.Find(Channel(1)).ShouldBeNull();
        tails.Find(Channel(2)).ShouldBeNull();
    }

    private static ChannelId Channel(int number)
    {
        var id = new byte[ChannelId.Size];
        BitConverter.TryWriteBytes(id, number).ShouldBeTrue();
        return new ChannelId(id);
    }

    private static ChannelTail Tail(int last) => new(new Sequence((ulong)last), new Epoch(0), 0);
}
