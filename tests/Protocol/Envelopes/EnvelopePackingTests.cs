using CsCheck;
using Skytale.Conformance;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Tests.Envelopes;

/// <summary>A link in one direction: every envelope comes out as it went in, and what repeats travels once.</summary>
public sealed class EnvelopePackingTests
{
    private static readonly Gen<string> s_text = Gen.String[Gen.Char.AlphaNumeric, 0, 40];
    private static readonly Gen<ReadOnlyMemory<byte>> s_bytes = Gen.Byte.Array[0, 300].Select(bytes => (ReadOnlyMemory<byte>)bytes);

    // Few hashes and ids, so that names repeat.
    private static readonly Gen<SlimName> s_name = Gen.Select(
        Gen.ULong[0, 3], Gen.ULong[0, 3], Gen.OneOf(Gen.Const((SlimNameId?)null), Gen.ULong[0, 5].Select(low => (SlimNameId?)new SlimNameId(ulong.MaxValue, low))), Gen.Bool,
        (first, last, id, hasText) => new SlimName(first, ulong.MaxValue, last, id, hasText ? new SlimNameText($"o{first}", "ü", "") : null));

    private static readonly Gen<Envelope> s_envelope = Gen.Select(
        Gen.Select(s_name, s_name, Gen.Int[0, 50].Select(i => $"{i}")),
        Gen.Select(Gen.UInt, Gen.UInt, s_text, Gen.OneOf(Gen.Const((bool?)null), Gen.Bool.Select(b => (bool?)b))),
        Gen.Select(Gen.Bool, s_bytes, Gen.UInt.Array[4], Gen.Enum<ContentKind>()),
        Gen.Select(s_text, s_bytes, Gen.Dictionary(s_text, s_text)[0, 4], Gen.Dictionary(Gen.Enum<EnvelopePart>(), s_bytes)[0, 4]),
        (who, header, session, content) => new Envelope
        {
            Source = who.Item1,
            Destination = who.Item2,
            Identity = who.Item3,
            Fanout = header.Item1,
            Ttl = header.Item2,
            Version = header.Item3,
            IsError = header.Item4,
            HeaderSignature = session.Item1 ? session.Item2 : null,
            Session = new SessionHeader(session.Item3[0], session.Item3[1], session.Item3[2], session.Item3[3]),
            ContentKind = session.Item4,
            PayloadType = content.Item1,
            Content = content.Item2,
            Metadata = content.Item3,
            Unknown = content.Item4,
        });

    [Fact]
    public void Whatever_is_sent_comes_out_as_it_went_in() => s_envelope.Array[1, 200].Sample(
        envelopes =>
        {
            var (packer, unpacker) = (new EnvelopePacker(), new EnvelopeUnpacker());
            foreach (var envelope in envelopes)
                unpacker.Unpack(Travelled(packer.Pack(envelope))).ShouldBeSame(envelope);
        },
        iter: 200);

    [Fact]
    public void More_names_and_identities_than_a_link_keeps_come_through_too()
    {
        var (packer, unpacker) = (new EnvelopePacker(), new EnvelopeUnpacker());
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var envelope = new Envelope { Source = Name(random.Next(400)), Destination = Name(random.Next(400)), Identity = $"{random.Next(60)}" };
            unpacker.Unpack(Travelled(packer.Pack(envelope))).ShouldBeSame(envelope);
        }
    }

    [Fact]
    public void What_repeats_travels_once()
    {
        var packer = new EnvelopePacker();
        var envelope = new Envelope { Source = Name(1), Destination = Name(2), Identity = new string('t', 229), Content = new byte[100] };
        var first = FrameCodec.Encode(new PublishEnvelope(packer.Pack(envelope))).Length;
        var second = FrameCodec.Encode(new PublishEnvelope(packer.Pack(envelope))).Length;
        first.ShouldBeGreaterThan(229 + 100);
        second.ShouldBeLessThan(100 + 32);
    }

    [Fact]
    public void A_slot_in_which_nothing_stands_is_refused()
    {
        var envelope = new Envelope { Source = Name(1), Destination = Name(2) };
        var packed = new EnvelopePacker().Pack(envelope);
        Refused(packed with { Destination = new Kept<SlimName>(9, null) });
        Refused(packed with { Source = new Kept<SlimName>(0, null) });
        Refused(packed with { Identity = new Kept<string>(32, "beyond the table") });

        static void Refused(PackedEnvelope packed) =>
            Should.Throw<ProtocolException>(() => new EnvelopeUnpacker().Unpack(Travelled(packed))).Code.ShouldBe(ErrorCode.MalformedFrame);
    }

    [Fact]
    public void What_an_envelope_may_hold_has_bounds()
    {
        var envelope = new Envelope { Source = Name(1), Destination = Name(2) };
        Bounded(EnvelopeLimits.Identity, n => envelope with { Identity = new string('x', n) });
        Bounded(EnvelopeLimits.Word, n => envelope with { Version = new string('x', n) });
        Bounded(EnvelopeLimits.Word, n => envelope with { PayloadType = new string('x', n) });
        Bounded(EnvelopeLimits.Signature, n => envelope with { HeaderSignature = new byte[n] });
        Bounded(EnvelopeLimits.Content, n => envelope with { Content = new byte[n] });
        Bounded(EnvelopeLimits.Pairs, n => envelope with { Metadata = Enumerable.Range(0, n).ToDictionary(i => $"{i}", _ => "") });
        Bounded(EnvelopeLimits.Metadata, n => envelope with { Metadata = new Dictionary<string, string> { ["k"] = new string('x', n - 1) } });
        Bounded(EnvelopeLimits.UnknownParts, n => envelope with { Unknown = Enumerable.Range(0, n).ToDictionary(i => (EnvelopePart)i, _ => default(ReadOnlyMemory<byte>)) });
        Bounded(EnvelopeLimits.Unknown, n => envelope with { Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.Header] = new byte[n - 1], [EnvelopePart.Content] = new byte[1] } });

        static void Bounded(int most, Func<int, Envelope> with)
        {
            new EnvelopeUnpacker().Unpack(Travelled(new EnvelopePacker().Pack(with(most)))).ShouldBeSame(with(most));
            EnvelopeLimits.Violation(with(most)).ShouldBeNull();
            EnvelopeLimits.Violation(with(most + 1)).ShouldNotBeNull();
            Should.Throw<ProtocolException>(() => new EnvelopeUnpacker().Unpack(Travelled(new EnvelopePacker().Pack(with(most + 1))))).Code.ShouldBe(ErrorCode.MalformedFrame);
        }
    }

    /// <summary>Not only when it is whole: there is room for a million entries in a frame.</summary>
    [Fact]
    public void More_entries_of_a_map_than_there_may_be_are_not_even_read()
    {
        var envelope = new Envelope { Source = Name(1), Destination = Name(2) };
        NotRead(envelope with { Metadata = Enumerable.Range(0, EnvelopeLimits.Pairs + 1).ToDictionary(i => $"{i}", _ => "") });
        NotRead(envelope with { Unknown = Enumerable.Range(0, EnvelopeLimits.UnknownParts + 1).ToDictionary(i => (EnvelopePart)i, _ => default(ReadOnlyMemory<byte>)) });

        static void NotRead(Envelope envelope) =>
            Should.Throw<ProtocolException>(() => Travelled(new EnvelopePacker().Pack(envelope))).Code.ShouldBe(ErrorCode.MalformedFrame);
    }

    /// <summary>A string has two bytes a character, an entry of a dictionary dozens; who counts less lets a peer have many times what the bounds say.</summary>
    [Fact]
    public void What_queues_count_is_not_less_than_what_an_envelope_holds()
    {
        var envelope = new Envelope { Source = Name(1), Destination = Name(2) };
        var none = EnvelopeLimits.SizeOf(envelope);
        var text = new string('x', 200);
        More(200, envelope with { Content = new byte[200] });
        More(200, envelope with { HeaderSignature = new byte[200] });
        More(400, envelope with { Identity = text });
        More(400, envelope with { Version = text });
        More(400, envelope with { PayloadType = text });
        More(1_150, envelope with { Source = SlimName.Of(text, text, text) });
        More(1_150, envelope with { Destination = SlimName.Of(text, text, text) });
        More(200 * 100, envelope with { Metadata = Enumerable.Range(0, 200).ToDictionary(i => $"{i}", _ => "") });
        More(32 * 50, envelope with { Unknown = Enumerable.Range(0, 32).ToDictionary(i => (EnvelopePart)i, _ => default(ReadOnlyMemory<byte>)) });

        void More(int bytes, Envelope holding) => EnvelopeLimits.SizeOf(holding).ShouldBeGreaterThanOrEqualTo(none + bytes);
    }

    [Fact]
    public void The_largest_envelope_of_all_fits_its_frame()
    {
        var text = new string('\u20ac', SlimNameText.MaxLength); // Three bytes each.
        var envelope = new Envelope
        {
            Source = SlimName.Of(text, text, text, new SlimNameId(ulong.MaxValue, 0)),
            Destination = SlimName.Of(text, text, text, SlimNameId.Any),
            Identity = new string('\u20ac', EnvelopeLimits.Identity),
            Fanout = uint.MaxValue,
            Ttl = uint.MaxValue,
            Version = text,
            PayloadType = text,
            IsError = true,
            HeaderSignature = new byte[EnvelopeLimits.Signature],
            Content = new byte[EnvelopeLimits.Content],
            Metadata = new Dictionary<string, string> { ["k"] = new string('\u20ac', EnvelopeLimits.Metadata - 1) },
            Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.Header] = new byte[EnvelopeLimits.Unknown] },
        };
        EnvelopeLimits.Violation(envelope).ShouldBeNull();
        FrameCodec.Encode(new PublishEnvelope(new EnvelopePacker().Pack(envelope))).Length.ShouldBeLessThanOrEqualTo(FrameCodec.PrefixSize + EnvelopeLimits.FrameSize);
    }

    [Fact]
    public void Nothing_secret_is_shown()
    {
        var envelope = new Envelope { Source = Name(1), Destination = Name(2), Identity = "the-token", Metadata = new Dictionary<string, string> { ["k"] = "private" } };
        envelope.ToString().ShouldNotContain("the-token");
        envelope.ToString().ShouldNotContain("private");
    }

    private static SlimName Name(int i) => SlimName.Of("org", "ns", $"app{i}", new SlimNameId(7, (ulong)i));

    /// <summary>What the other end reads.</summary>
    private static PackedEnvelope Travelled(PackedEnvelope packed) =>
        FrameCodec.Decode(FrameCodec.Encode(new DeliverEnvelope(packed))[FrameCodec.PrefixSize..]).ShouldBeOfType<DeliverEnvelope>().Envelope;
}
