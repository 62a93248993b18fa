using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Tests.Channels;

public sealed class ChannelLogTests
{
    private static readonly AgentId Sender = AgentId.FromPublicKey(new byte[32]);
    private readonly ChannelLog _log = new();

    [Fact]
    public void Entries_are_read_behind_a_place_up_to_another()
    {
        Append(100);
        _log.Last.ShouldBe(new Sequence(100));
        Sequences(_log.Read(Sequence.Start, new Sequence(100), 3)).ShouldBe([1, 2, 3]);
        Sequences(_log.Read(new Sequence(97), new Sequence(1_000), 256)).ShouldBe([98, 99, 100]);
        Sequences(_log.Read(new Sequence(5), new Sequence(7), 256)).ShouldBe([6, 7]);
        _log.Read(new Sequence(100), new Sequence(100), 256).IsEmpty.ShouldBeTrue();
        _log.Read(new Sequence(ulong.MaxValue), new Sequence(100), 256).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void An_entry_that_does_not_follow_the_last_is_a_bug() =>
        Should.Throw<ArgumentException>(() => _log.Append(Entry(2)));

    [Fact]
    public void Bytes_are_counted_with_what_an_entry_costs()
    {
        Append(10);
        _log.Bytes.ShouldBe(10 * (8 + ChannelLog.EntryOverhead));
        _log.HasRoomFor(8, new ChannelLimits { BytesPerChannel = 11 * (8 + ChannelLog.EntryOverhead) }).ShouldBeTrue();
        _log.HasRoomFor(9, new ChannelLimits { BytesPerChannel = 11 * (8 + ChannelLog.EntryOverhead) }).ShouldBeFalse();
    }

    [Fact]
    public void A_cursor_starts_behind_the_joining_and_ends_at_the_removal()
    {
        Append(10);
        var stay = new Stay(new Sequence(4));
        var cursor = new Cursor(_log, stay, Sequence.Start);
        Sequences(cursor.Take(3)).ShouldBe([5, 6, 7]);
        stay.EndAt(new Sequence(9));
        cursor.IsOver.ShouldBeFalse();
        Sequences(cursor.Take(256)).ShouldBe([8, 9]);
        cursor.IsOver.ShouldBeTrue();
        cursor.Take(256).IsEmpty.ShouldBeTrue();
        new Cursor(_log, stay, new Sequence(10)).IsOver.ShouldBeTrue();
    }

    [Fact]
    public void What_was_taken_can_be_acknowledged_and_never_goes_back()
    {
        Append(10);
        var stay = new Stay(Sequence.Start);
        var cursor = new Cursor(_log, stay, Sequence.Start);
        cursor.Take(5);
        cursor.TryAcknowledge(new Sequence(6)).ShouldBeFalse();
        cursor.TryAcknowledge(new Sequence(5)).ShouldBeTrue();
        cursor.TryAcknowledge(new Sequence(3)).ShouldBeTrue();
        stay.Acknowledged.ShouldBe(new Sequence(5));
    }

    private void Append(int count)
    {
        for (var i = 0; i < count; i++)
            _log.Append(Entry(_log.Last.Next.Value));
    }

    private static MessageEntry Entry(ulong sequence) => new(new Sequence(sequence), Sender, new MessageId(sequence), new byte[8]);

    private static ulong[] Sequences(ReadOnlyMemory<LogEntry> entries) => [.. entries.ToArray().Select(entry => entry.Sequence.Value)];
}
