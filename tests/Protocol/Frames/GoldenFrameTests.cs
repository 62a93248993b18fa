using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Tests.Frames;

public sealed class GoldenFrameTests
{
    [Theory]
    [MemberData(nameof(GoldenFrames.Names), MemberType = typeof(GoldenFrames))]
    public void A_frame_has_its_golden_bytes(string name) =>
        Convert.ToHexString(FrameCodec.Encode(GoldenFrames.ByName[name]).Span).ShouldBe(Convert.ToHexString(GoldenFrames.Bytes[name]));

    [Theory]
    [MemberData(nameof(GoldenFrames.Names), MemberType = typeof(GoldenFrames))]
    public void Golden_bytes_decode_to_the_frame_and_encode_to_themselves(string name)
    {
        var frame = FrameCodec.Decode(GoldenFrames.Body(name));
        frame.GetType().ShouldBe(GoldenFrames.ByName[name].GetType());
        frame.Type.ShouldBe(GoldenFrames.ByName[name].Type);
        FrameCodec.Encode(frame).ToArray().ShouldBe(GoldenFrames.Bytes[name]);
    }

    [Fact]
    public void Every_type_of_frame_has_golden_bytes()
    {
        GoldenFrames.Bytes.Keys.ShouldBe(GoldenFrames.ByName.Keys, ignoreOrder: true);
        // SendWelcome stands inside SendCommit.
        GoldenFrames.ByName.Values.Select(frame => frame.Type).Append(FrameType.SendWelcome).Distinct().ShouldBe(Enum.GetValues<FrameType>(), ignoreOrder: true);
    }

    [Fact]
    public void Fields_that_are_read_back_are_those_that_were_written()
    {
        Decoded<Hello>("hello").Token.ShouldBe("a.b.c");
        Decoded<Hello>("hello").AgentId.ShouldBe(GoldenFrames.Agent);
        Decoded<Hello>("hello").ServerName.ShouldBe("relay.example");
        Decoded<Refused>("refused").ShouldBe(GoldenFrames.ByName["refused"]);
        Decoded<Refused>("refused-without-epoch").CurrentEpoch.ShouldBeNull();
        Decoded<SendCommit>("send-commit").Commit.ToArray().Length.ShouldBe(34);
        Decoded<SendCommit>("send-commit").Welcome!.Welcome.ToArray()[^1].ShouldBe((byte)0xcc);
        Decoded<SendCommit>("send-commit-without-welcome").Welcome.ShouldBeNull();
        Decoded<DeliverMessage>("deliver-message").MessageId.ShouldBe(GoldenFrames.Message);
        Decoded<DeliverMessage>("deliver-message").ChannelId.ShouldBe(GoldenFrames.Channel);
        Decoded<Accepted>("accepted").Sequence.Value.ShouldBe(ulong.MaxValue);
    }

    [Fact]
    public void What_the_identity_key_signs_has_its_bytes()
    {
        var content = new ProofContent("relay.example", Enumerable.Repeat((byte)0x44, 32).ToArray(), Decoded<Hello>("hello"), Decoded<Challenge>("challenge").ServerNonce);
        var expected = "87" + Text("skytale/1") + Text("relay.example")
            + "5820" + Repeat("44") + "5820" + Repeat("11") + "5820" + Repeat("22")
            // SHA-256 of "a.b.c".
            + "5820" + "845e30448809e2bc8958eb025bfc795235d13b077a53d0c3abbd2385170dc9b8"
            + "7838" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(GoldenFrames.Agent.ToString()));
        Convert.ToHexString(content.Encode()).ShouldBe(expected, StringCompareShould.IgnoreCase);

        static string Text(string text) => $"{0x60 + text.Length:x2}" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
        static string Repeat(string pair) => string.Concat(Enumerable.Repeat(pair, 32));
    }

    [Fact]
    public void What_the_identity_key_signs_of_a_rejection_and_of_a_request_has_its_bytes()
    {
        var channel = "5820" + Convert.ToHexString(GoldenFrames.Channel.Bytes.Span);
        var agent = "7838" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(GoldenFrames.Agent.ToString()));
        var bytes = Enumerable.Repeat((byte)0x55, 32).ToArray();
        Convert.ToHexString(new CommitRejectedContent(GoldenFrames.Channel, 9, bytes, RejectionReason.Path, GoldenFrames.Agent).Encode())
            .ShouldBe($"85{channel}095820{Convert.ToHexString(bytes)}02{agent}", StringCompareShould.IgnoreCase);
        Convert.ToHexString(new ReAddingContent(GoldenFrames.Channel, 10, ReAddingReason.CommitsTrimmed, bytes, GoldenFrames.Agent).Encode())
            .ShouldBe($"85{channel}0a035820{Convert.ToHexString(bytes)}{agent}", StringCompareShould.IgnoreCase);
        Convert.ToHexString(new JoinRequestContent(GoldenFrames.Channel, GoldenFrames.Invitation, bytes, GoldenFrames.Agent).Encode())
            .ShouldBe($"84{channel}5820{GoldenFrames.Invitation}5820{Convert.ToHexString(bytes)}{agent}", StringCompareShould.IgnoreCase);
    }

    private static T Decoded<T>(string name) where T : Frame => FrameCodec.Decode(GoldenFrames.Body(name)).ShouldBeOfType<T>();
}
