using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Tests.Frames;

public sealed class HostileFrameTests
{
    private const int Rounds = 4_000;

    /// <summary>Whatever decodes is a frame of the rules, in the one encoding that it has; all else is refused as such.</summary>
    [Theory]
    [MemberData(nameof(GoldenFrames.Names), MemberType = typeof(GoldenFrames))]
    public void A_damaged_frame_is_refused_or_is_another_right_one(string name)
    {
        var refused = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var body = Damaged(GoldenFrames.Body(name), new Random(seed));
            try
            {
                var frame = FrameCodec.Decode(body);
                FrameCodec.Encode(frame)[FrameCodec.PrefixSize..].ToArray().ShouldBe(body, $"seed {seed}: two encodings of one frame");
                CddlTests.MatchesAny(body).ShouldBeTrue($"seed {seed}: {Convert.ToHexString(body)} decodes to {frame}");
            }
            catch (ProtocolException e)
            {
                e.Code.ShouldBeOneOf(ErrorCode.MalformedFrame, ErrorCode.UnknownFrameType);
                refused++;
            }
        }
        refused.ShouldBeGreaterThan(Rounds / 10);
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var body = new byte[random.Next(0, 64)];
            random.NextBytes(body);
            Should.Throw<ProtocolException>(() => FrameCodec.Decode(body), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("01", "a number")]
    [InlineData("80", "an empty array")]
    [InlineData("9f2401ff", "an array of indefinite length")]
    [InlineData("82182401f6", "bytes behind the frame")]
    [InlineData("8218240100", "a number behind the frame")]
    [InlineData("82190024 01", "a type that is not in its shortest form")]
    [InlineData("821824190001", "a field that is not in its shortest form")]
    [InlineData("81182 4", "a field too few")]
    [InlineData("8318240101", "a field too many")]
    [InlineData("82182420", "a negative number")]
    [InlineData("8218244101", "bytes in place of a number")]
    [InlineData("a11824 01", "a map")]
    [InlineData("c082182401", "a tag")]
    [InlineData("830d1820", "a frame that breaks off")]
    [InlineData("830d0120", "a negative count")]
    [InlineData("830d011a80000000", "a count above the largest")]
    [InlineData("83041b", "a text that is none")]
    [InlineData("820358400000", "a signature that breaks off")]
    [InlineData("82024101", "a nonce that is too short")]
    [InlineData("82021b7fffffffffffffff", "a number in place of a nonce")]
    [InlineData("82025b7fffffffffffffff", "a length of an exabyte")]
    [InlineData("9b7fffffffffffffff02", "an array of an exabyte")]
    public void What_is_no_frame_is_refused_as_malformed(string hex, string what) =>
        Should.Throw<ProtocolException>(() => FrameCodec.Decode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))), what).Code.ShouldBe(ErrorCode.MalformedFrame, what);

    [Theory]
    [InlineData("8100")]
    [InlineData("8108")]
    [InlineData("821820" + "00", false)]
    [InlineData("82114101")]
    [InlineData("81190400")]
    [InlineData("8120")]
    public void A_type_that_is_not_known_is_refused_as_such(string hex, bool unknown = true) =>
        Should.Throw<ProtocolException>(() => FrameCodec.Decode(Convert.FromHexString(hex))).Code
            .ShouldBe(unknown ? ErrorCode.UnknownFrameType : ErrorCode.MalformedFrame);

    [Theory]
    [InlineData("did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("did:web:example.com")]
    [InlineData("")]
    public void An_agent_id_that_is_not_canonical_is_refused(string text)
    {
        var writer = new System.Formats.Cbor.CborWriter();
        writer.WriteStartArray(4);
        writer.WriteInt32((int)FrameType.AddMember);
        writer.WriteInt32(1);
        writer.WriteByteString(GoldenFrames.Channel.Bytes.Span);
        writer.WriteTextString(text);
        writer.WriteEndArray();
        Should.Throw<ProtocolException>(() => FrameCodec.Decode(writer.Encode())).Code.ShouldBe(ErrorCode.MalformedFrame);
    }

    [Fact]
    public void Texts_have_a_length_that_they_do_not_exceed()
    {
        var nonce = new byte[Nonce.Size];
        Bounded(8192, text => new Hello(text, GoldenFrames.Agent, "relay", nonce));
        Bounded(255, text => new Hello("token", GoldenFrames.Agent, text, nonce));
        Bounded(255, text => new Ready(text, FrameCodec.MaxFrameSize));
        Bounded(1024, text => new Refused(new RequestId(1), ErrorCode.Internal, text, null));

        static void Bounded(int longest, Func<string, Frame> with)
        {
            Decoded(with(new string('x', longest)));
            Should.Throw<ProtocolException>(() => Decoded(with(new string('x', longest + 1)))).Code.ShouldBe(ErrorCode.MalformedFrame);
        }

        static Frame Decoded(Frame frame) => FrameCodec.Decode(FrameCodec.Encode(frame)[FrameCodec.PrefixSize..]);
    }

    private static byte[] Damaged(byte[] body, Random random)
    {
        var bytes = body.ToList();
        for (var i = random.Next(1, 4); i > 0 && bytes.Count > 0; i--)
        {
            // The first bytes hold the structure, so most damage goes there.
            var at = random.Next(2) == 0 ? random.Next(Math.Min(bytes.Count, 12)) : random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
