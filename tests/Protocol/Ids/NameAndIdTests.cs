namespace Skytale.Protocol.Tests.Ids;

public sealed class NameAndIdTests
{
    [Theory]
    [InlineData("acme/ops/alerts", "acme")]
    [InlineData("0/1/2", "0")]
    [InlineData("a.b_c-d/x/y9", "a.b_c-d")]
    public void A_channel_name_has_three_parts(string text, string org)
    {
        ChannelName.TryParse(text, out var name).ShouldBeTrue();
        name.ToString().ShouldBe(text);
        name.Org.ShouldBe(org);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme/ops")]
    [InlineData("acme/ops/alerts/more")]
    [InlineData("acme//alerts")]
    [InlineData("/ops/alerts")]
    [InlineData("Acme/ops/alerts")]
    [InlineData("acme/ops/al erts")]
    [InlineData("acme/.ops/alerts")]
    [InlineData("acme/-ops/alerts")]
    [InlineData("acme/ops/älerts")]
    [InlineData("acme/ops/alerts\n")]
    [InlineData("acme/ops/..")]
    public void Anything_else_is_no_channel_name(string? text) => ChannelName.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_part_has_at_most_64_characters()
    {
        ChannelName.TryParse($"acme/ops/{new string('a', 64)}", out _).ShouldBeTrue();
        ChannelName.TryParse($"acme/ops/{new string('a', 65)}", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_channel_id_comes_back_from_its_text()
    {
        var bytes = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();
        var id = new ChannelId(bytes);
        id.ToString().Length.ShouldBe(64);
        ChannelId.TryParse(id.ToString(), out var read).ShouldBeTrue();
        (read == id).ShouldBeTrue();
        read.GetHashCode().ShouldBe(id.GetHashCode());
        bytes[31]++;
        (read == new ChannelId(bytes)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F")]
    [InlineData("g00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void Anything_else_is_no_channel_id(string? text) => ChannelId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Ids_of_another_length_are_malformed()
    {
        Should.Throw<ProtocolException>(() => new ChannelId(new byte[31])).Code.ShouldBe(ErrorCode.MalformedFrame);
        Should.Throw<ProtocolException>(() => MessageId.FromBytes(new byte[17])).Code.ShouldBe(ErrorCode.MalformedFrame);
    }

    [Fact]
    public void A_message_id_keeps_its_bytes()
    {
        var bytes = Enumerable.Range(1, 16).Select(i => (byte)i).ToArray();
        var id = MessageId.FromBytes(bytes);
        id.ToString().ShouldBe("0102030405060708090a0b0c0d0e0f10");
        var written = new byte[MessageId.Size];
        id.WriteTo(written);
        written.ShouldBe(bytes);
    }

    [Fact]
    public void Sequences_are_in_order_and_have_an_end()
    {
        (Sequence.Start < Sequence.Start.Next).ShouldBeTrue();
        Sequence.Start.Next.ShouldBe(new Sequence(1));
        Should.Throw<OverflowException>(() => new Sequence(ulong.MaxValue).Next);
    }

    [Fact]
    public void Error_codes_have_stable_names()
    {
        ErrorCode.StaleEpoch.Name().ShouldBe("stale_epoch");
        ErrorCode.NotAMember.Name().ShouldBe("not_a_member");
        ((ErrorCode)4711).Name().ShouldBe("unknown_4711");
        Enum.GetValues<ErrorCode>().Select(code => code.Name()).ShouldBeUnique();
    }
}
