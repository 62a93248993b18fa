using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Wire;

public sealed class HeaderMacTests
{
    /// <summary>Every field that the MAC covers, changed.</summary>
    public static TheoryData<string, Action<SlimHeader>> Changes => new()
    {
        { "source component", header => header.Source.Name_.Component1++ },
        { "source id", header => header.Source.Name_.NameId.Id1++ },
        { "source id gone", header => header.Source.Name_.NameId = null },
        { "source text", header => header.Source.StrName.StrComponent2 += "x" },
        { "destination component", header => header.Destination.Name_.Component0++ },
        { "destination text gone", header => header.Destination.StrName = null },
        { "destination gone", header => header.Destination = null },
        { "identity", header => header.Identity += "x" },
        { "fanout", header => header.Fanout++ },
        { "recv_from", header => header.RecvFrom = 0 },
        { "forward_to", header => header.ForwardTo = 0 },
        { "error", header => header.Error = false },
        { "ttl", header => header.Ttl-- },
    };

    [Fact]
    public void The_MACs_of_the_real_client_are_accepted()
    {
        using var mac = RealClient.Mac();
        mac.Verify(RealClient.Subscribe.Header).ShouldBeTrue();
        mac.Verify(RealClient.Publish.Publish.Header).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_header_that_was_changed_is_refused(string what, Action<SlimHeader> change)
    {
        using var mac = RealClient.Mac();
        var header = RealClient.Subscribe.Header;
        change(header);
        mac.Verify(header).ShouldBeFalse(what);
        mac.Sign(header);
        mac.Verify(header).ShouldBeTrue(what);
    }

    [Fact]
    public void Fields_of_one_hop_and_of_the_two_ends_are_not_covered()
    {
        using var mac = RealClient.Mac();
        var header = RealClient.Subscribe.Header;
        header.IncomingConn = 7;
        header.Version = "9.9.9";
        header.E2EHeaderSig = Google.Protobuf.ByteString.CopyFromUtf8("any");
        mac.Verify(header).ShouldBeTrue();
    }

    [Fact]
    public void A_header_without_a_MAC_is_refused()
    {
        using var mac = RealClient.Mac();
        var header = RealClient.Subscribe.Header;
        header.ClearHeaderMac();
        mac.Verify(header).ShouldBeFalse();
    }

    [Fact]
    public void Both_ends_of_a_link_agree_and_another_link_does_not()
    {
        using var ours = new LinkKey();
        using var theirs = new LinkKey();
        using var signing = ours.Agree(theirs.PublicKey.Span, "link 1").ShouldNotBeNull();
        using var verifying = theirs.Agree(ours.PublicKey.Span, "link 1").ShouldNotBeNull();
        using var otherLink = theirs.Agree(ours.PublicKey.Span, "link 2").ShouldNotBeNull();
        var header = RealClient.Subscribe.Header;
        signing.Sign(header);
        verifying.Verify(header).ShouldBeTrue();
        otherLink.Verify(header).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("01020304050607080910111213141516171819202122232425262728293031323334")]
    public void No_key_comes_of_a_point_of_small_order_or_of_another_length(string theirs)
    {
        using var ours = new LinkKey();
        ours.Agree(Convert.FromHexString(theirs), "link").ShouldBeNull();
    }
}
