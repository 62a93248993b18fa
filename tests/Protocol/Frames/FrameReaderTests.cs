using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Tests.Frames;

public sealed class FrameReaderTests
{
    /// <summary>Four bytes are cheap to send, on every stream of every connection.</summary>
    [Fact]
    public void A_length_alone_makes_no_room_for_its_frame()
    {
        var reader = new FrameReader(new Beginning([0x00, 0x44, 0xaa, 0x20]), 4_500_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = reader.ReadAsync(TestContext.Current.CancellationToken);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500_000);
        reading.IsCompleted.ShouldBeFalse();
    }

    /// <summary>An agent has a stream for each of its channels.</summary>
    [Fact]
    public void A_stream_that_carries_little_takes_little()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = new FrameReader(new Beginning([0x00, 0x00])).ReadAsync(TestContext.Current.CancellationToken);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8_000);
        reading.IsCompleted.ShouldBeFalse();
    }

    /// <summary>Sends this, and then nothing.</summary>
    private sealed class Beginning(byte[] sent) : ITransportReceiveStream
    {
        private bool _isSent;

        public long Id => 0;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isSent)
                return new ValueTask<int>(new TaskCompletionSource<int>().Task);
            _isSent = true;
            sent.CopyTo(buffer);
            return new ValueTask<int>(sent.Length);
        }

        public void Reset(ulong code)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
