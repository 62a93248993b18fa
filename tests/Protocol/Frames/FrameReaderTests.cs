using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Tests.Frames;

public sealed class FrameReaderTests
{
    /// <summary>Four bytes are cheap to send, on every stream of every connection.</summary>
    [Fact]
    public void A_length_alone_makes_no_room_for_its_frame()
    {
        var reader = new FrameReader(new Lengths(), 4_500_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = reader.ReadAsync(TestContext.Current.CancellationToken);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(500_000);
        reading.IsCompleted.ShouldBeFalse();
    }

    /// <summary>Sends a length, and then nothing.</summary>
    private sealed class Lengths : ITransportReceiveStream
    {
        private bool _isSent;

        public long Id => 0;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isSent)
                return new ValueTask<int>(new TaskCompletionSource<int>().Task);
            _isSent = true;
            new byte[] { 0x00, 0x44, 0xaa, 0x20 }.CopyTo(buffer);
            return new ValueTask<int>(4);
        }

        public void Reset(ulong code)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
