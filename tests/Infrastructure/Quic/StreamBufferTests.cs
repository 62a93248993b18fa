using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Quic;

public sealed class StreamBufferTests
{
    [Fact]
    public unsafe void Bytes_leave_the_send_buffer_as_they_came_in_and_acknowledged_chunks_go_back()
    {
        var counters = new TransportCounters();
        using var pool = new ChunkPool(counters);
        var buffer = new SendBuffer(pool);
        var random = new Random(2);
        var pieces = stackalloc Ngtcp2Vec[4];
        byte next = 0, expected = 0;
        long acknowledged = 0;
        var wrong = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = new byte[random.Next(1, 50_000)];
            for (var k = 0; k < bytes.Length; k++)
                bytes[k] = next++;
            var taken = buffer.Append(bytes);
            next -= (byte)(bytes.Length - taken); // What did not fit is not part of the stream.

            var count = buffer.Describe(pieces, random.Next(1, 5), out _);
            var sent = random.Next(0, (int)Enumerable.Range(0, count).Sum(k => (long)Length(pieces, k)) + 1);
            for (int k = 0, left = sent; left > 0; left -= (int)pieces[k++].Length)
                foreach (var b in new Span<byte>(pieces[k].Base, Math.Min(left, (int)pieces[k].Length)))
                    wrong += b == expected++ ? 0 : 1;
            buffer.MarkSent(sent);
            acknowledged += random.NextInt64(0, buffer.Sent - acknowledged + 1);
            buffer.Acknowledge(acknowledged);
            (buffer.End - acknowledged).ShouldBeLessThanOrEqualTo(SendBuffer.Capacity);
        }

        wrong.ShouldBe(0);
        buffer.MarkSent(buffer.End - buffer.Sent);
        buffer.Acknowledge(buffer.End);
        counters.ChunksOut.ShouldBe(0);
    }

    [Fact]
    public void A_freed_send_buffer_takes_no_more_and_holds_nothing()
    {
        var counters = new TransportCounters();
        using var pool = new ChunkPool(counters);
        var buffer = new SendBuffer(pool);
        buffer.Append(new byte[200_000]).ShouldBe(200_000);
        counters.ChunksOut.ShouldBeGreaterThan(5);

        buffer.Free();

        counters.ChunksOut.ShouldBe(0);
        buffer.HasUnsent.ShouldBeFalse();
        buffer.Append(new byte[10]).ShouldBe(0);
    }

    [Fact]
    public void Bytes_leave_the_receive_buffer_as_they_came_in()
    {
        var buffers = new RentedBuffers();
        var buffer = new ByteQueue(buffers);
        var random = new Random(3);
        byte next = 0, expected = 0;
        var wrong = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(0, 3_000)];
            for (var k = 0; k < bytes.Length; k++)
                bytes[k] = next++;
            buffer.Append(bytes);
            var destination = new byte[random.Next(1, 4_000)];
            var before = buffer.Length;
            var taken = buffer.Take(destination);
            taken.ShouldBe(Math.Min(before, destination.Length));
            for (var k = 0; k < taken; k++)
                wrong += destination[k] == expected++ ? 0 : 1;
        }
        wrong.ShouldBe(0);
        var rest = buffer.Length;
        buffer.Clear().ShouldBe(rest);
        buffer.Length.ShouldBe(0);
        buffer.Take(new byte[1]).ShouldBe(0);
        buffers.Out.ShouldBe(0);
    }

    [Fact]
    public void Answers_to_strangers_are_limited_by_the_second()
    {
        const ulong second = 1_000_000_000;
        var bucket = new Skytale.Quic.Ngtcp2.Loop.TokenBucket(10);
        int Take(ulong now) => Enumerable.Range(0, 100).Count(_ => bucket.TryTake(now));

        Take(6 * second).ShouldBe(10);
        Take(6 * second + second / 2).ShouldBe(5);
        Take(60 * second).ShouldBe(10);
    }

    private static unsafe nuint Length(Ngtcp2Vec* pieces, int k) => pieces[k].Length;
}
