using Skytale.Protocol.Frames;
using Skytale.Protocol.Tests.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Tests.Framing;

public sealed class FrameSenderTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(100)]
    [InlineData(1 << 20)]
    public async Task Frames_of_many_senders_come_whole_and_each_ones_in_order(int window)
    {
        const int Senders = 16, Each = 200;
        await using var pair = await StreamPair.CreateAsync(window);
        var sender = new FrameSender(pair.Agent);
        var sending = Enumerable.Range(0, Senders).Select(who => Task.Run(async () =>
        {
            for (var i = 1; i <= Each; i++)
                await sender.SendAsync(new Accepted(new RequestId((uint)who), new Sequence((ulong)i)));
        })).ToList();

        var last = new ulong[Senders];
        var reader = new FrameReader(pair.Relay);
        for (var i = 0; i < Senders * Each; i++)
        {
            var frame = (await reader.ReadAsync()).ShouldBeOfType<Accepted>();
            frame.Sequence.Value.ShouldBe(++last[frame.RequestId.Value]);
        }
        await Task.WhenAll(sending);
        last.ShouldAllBe(count => count == Each);
    }

    [Fact(Timeout = 30_000)]
    public async Task Senders_wait_while_the_reader_does_not_read()
    {
        await using var pair = await StreamPair.CreateAsync(window: 1000);
        var sender = new FrameSender(pair.Agent);
        var frame = FrameCodec.Encode(new UploadKeyPackage(new RequestId(1), new byte[400_000]));

        // The first is being written, the next ones fill what may wait; the last has no room.
        var first = sender.SendAsync(frame).AsTask();
        var waiting = Enumerable.Range(0, 3).Select(_ => sender.SendAsync(frame).AsTask()).ToList();
        var last = sender.SendAsync(frame).AsTask();
        waiting.ShouldAllBe(task => task.IsCompletedSuccessfully);
        first.IsCompleted.ShouldBeFalse();
        last.IsCompleted.ShouldBeFalse();

        var reader = new FrameReader(pair.Relay);
        for (var i = 0; i < 5; i++)
            (await reader.ReadAsync()).ShouldBeOfType<UploadKeyPackage>();
        await Task.WhenAll(first, last);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sender_that_waits_for_room_can_give_up()
    {
        await using var pair = await StreamPair.CreateAsync(window: 1000);
        var sender = new FrameSender(pair.Agent);
        var frame = FrameCodec.Encode(new UploadKeyPackage(new RequestId(1), new byte[FrameSender.MaxPending - 100]));
        var first = sender.SendAsync(frame).AsTask();
        await sender.SendAsync(frame);
        await sender.SendAsync(GoldenFrames.Bytes["send-message"]);
        using var giveUp = new CancellationTokenSource();
        var last = sender.SendAsync(GoldenFrames.Bytes["accepted"], giveUp.Token).AsTask();
        last.IsCompleted.ShouldBeFalse();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => last);

        // What was handed in comes; what was given up does not.
        var reader = new FrameReader(pair.Relay);
        (await reader.ReadAsync()).ShouldBeOfType<UploadKeyPackage>();
        (await reader.ReadAsync()).ShouldBeOfType<UploadKeyPackage>();
        (await reader.ReadAsync()).ShouldBeOfType<SendMessage>();
        await first;
        await sender.SendAsync(GoldenFrames.Bytes["acknowledge"]);
        (await reader.ReadAsync()).ShouldBeOfType<Acknowledge>();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stream_that_failed_fails_every_sender()
    {
        await using var pair = await StreamPair.CreateAsync(window: 1000);
        var sender = new FrameSender(pair.Agent);
        var frame = FrameCodec.Encode(new UploadKeyPackage(new RequestId(1), new byte[FrameSender.MaxPending]));
        var first = sender.SendAsync(frame).AsTask();
        await sender.SendAsync(frame);
        var last = sender.SendAsync(frame).AsTask();
        pair.Relay.Reset(6);
        (await Should.ThrowAsync<TransportException>(() => first)).Code.ShouldBe(6UL);
        await Should.ThrowAsync<TransportException>(() => last);
        await Should.ThrowAsync<TransportException>(async () => await sender.SendAsync(GoldenFrames.Bytes["accepted"]));
    }
}
