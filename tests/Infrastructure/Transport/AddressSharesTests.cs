using System.Net;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>What counts as one address, and how much it may hold.</summary>
public sealed class AddressSharesTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void An_IPv6_network_counts_as_one_address(string left, string right, bool areOne)
    {
        var shares = new AddressShares(each: 1);
        shares.TryEnter(IPAddress.Parse(left)).ShouldBeTrue();
        shares.TryEnter(IPAddress.Parse(right)).ShouldBe(!areOne);
    }

    [Fact]
    public void A_place_that_was_given_back_can_be_taken_again()
    {
        var shares = new AddressShares(each: 2);
        shares.IsHalfTaken(IPAddress.Loopback).ShouldBeFalse();
        shares.TryEnter(IPAddress.Loopback).ShouldBeTrue();
        shares.IsHalfTaken(IPAddress.Loopback).ShouldBeTrue();
        shares.TryEnter(IPAddress.Loopback).ShouldBeTrue();
        shares.TryEnter(IPAddress.Loopback).ShouldBeFalse();
        shares.Leave(IPAddress.Loopback);
        shares.TryEnter(IPAddress.Loopback).ShouldBeTrue();
    }
}
