using Skytale.Protocol.Frames;
using Skytale.Protocol.Tests.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Tests.Framing;

public sealed class FrameReaderTests
{
    [Theory(Timeout = 30_000)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1 << 20)]
    public async Task Frames_are_cut_right_however_the_bytes_come(int piece)
    {
        await using var pair = await StreamPair.CreateAsync();
        var all = GoldenFrames.Bytes.Values.SelectMany(bytes => bytes).ToArray();
        var writing = Task.Run(async () =>
        {
            foreach (var chunk in all.Chunk(piece))
                await pair.Agent.WriteAsync(chunk);
            await pair.Agent.WriteAsync(default, endStream: true);
        });
        var reader = new FrameReader(pair.Relay);
        foreach (var expected in GoldenFrames.Bytes.Values)
            FrameCodec.Encode((await reader.ReadAsync())!).ToArray().ShouldBe(expected);
        (await reader.ReadAsync()).ShouldBeNull();
        (await reader.ReadAsync()).ShouldBeNull();
        await writing;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_frame_larger_than_the_buffer_comes_whole()
    {
        await using var pair = await StreamPair.CreateAsync();
        var ciphertext = new byte[900_000];
        new Random(1).NextBytes(ciphertext);
        var frame = new SendMessage(new RequestId(1), GoldenFrames.Channel, GoldenFrames.Message, ciphertext);
        var writing = new FrameSender(pair.Agent).SendAsync(frame);
        var read = (await new FrameReader(pair.Relay).ReadAsync()).ShouldBeOfType<SendMessage>();
        read.Ciphertext.Span.SequenceEqual(ciphertext).ShouldBeTrue();
        await writing;
    }

    [Theory(Timeout = 30_000)]
    [InlineData("00100001")]
    [InlineData("7fffffff")]
    [InlineData("80000000")]
    [InlineData("ffffffff")]
    public async Task A_length_over_the_limit_is_refused_before_its_bytes_come(string length)
    {
        await using var pair = await StreamPair.CreateAsync();
        await pair.Agent.WriteAsync(Convert.FromHexString(length));
        (await Refusal(new FrameReader(pair.Relay))).ShouldBe(ErrorCode.FrameTooLarge);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_limit_can_be_raised_between_two_frames()
    {
        await using var pair = await StreamPair.CreateAsync();
        var frame = FrameCodec.Encode(new UploadKeyPackage(new RequestId(1), new byte[FrameCodec.MaxHandshakeFrameSize]));
        var reader = new FrameReader(pair.Relay, FrameCodec.MaxHandshakeFrameSize);
        await pair.Agent.WriteAsync(GoldenFrames.Bytes["challenge"]);
        (await reader.ReadAsync()).ShouldBeOfType<Challenge>();
        reader.MaxFrameSize = FrameCodec.MaxFrameSize;
        await pair.Agent.WriteAsync(frame);
        (await reader.ReadAsync()).ShouldBeOfType<UploadKeyPackage>();
        reader.MaxFrameSize = FrameCodec.MaxHandshakeFrameSize;
        await pair.Agent.WriteAsync(frame);
        (await Refusal(reader)).ShouldBe(ErrorCode.FrameTooLarge);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_stream_that_ends_inside_a_frame_is_malformed()
    {
        var whole = GoldenFrames.Bytes["send-commit"];
        foreach (var cut in new[] { 1, 3, 4, 5, whole.Length - 1 })
        {
            await using var pair = await StreamPair.CreateAsync();
            await pair.Agent.WriteAsync(whole.AsMemory(0, cut), endStream: true);
            (await Refusal(new FrameReader(pair.Relay))).ShouldBe(ErrorCode.MalformedFrame, $"cut behind {cut} bytes");
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task What_is_no_frame_is_refused_by_what_it_is()
    {
        foreach (var (hex, code) in new[] { ("00000000", ErrorCode.MalformedFrame), ("0000000101", ErrorCode.MalformedFrame), ("00000003811863", ErrorCode.UnknownFrameType) })
        {
            await using var pair = await StreamPair.CreateAsync();
            await pair.Agent.WriteAsync(Convert.FromHexString(hex), endStream: true);
            (await Refusal(new FrameReader(pair.Relay))).ShouldBe(code, hex);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reset_stream_is_the_transports_failure()
    {
        await using var pair = await StreamPair.CreateAsync();
        await pair.Agent.WriteAsync(new byte[] { 0, 0 });
        pair.Agent.Reset(305);
        (await Should.ThrowAsync<TransportException>(async () => await new FrameReader(pair.Relay).ReadAsync())).Code.ShouldBe(305UL);
    }

    private static async Task<ErrorCode> Refusal(FrameReader reader) =>
        (await Should.ThrowAsync<ProtocolException>(async () => await reader.ReadAsync())).Code;
}
