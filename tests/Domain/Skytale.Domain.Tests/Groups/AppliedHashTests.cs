using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Tests.Groups;

public sealed class AppliedHashTests
{
    [Fact]
    public void The_hash_has_its_fixed_value()
    {
        var groupId = new Opaque(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        var authenticator = Enumerable.Repeat((byte)0xab, 32).ToArray();
        AppliedHash.Compute(groupId, new Epoch(7), authenticator).ToString().ShouldBe("ddc77ba773cad8de04d7e680f55ea32b140ea7a1a63eda2fa18ce246651ecc85", StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Another_group_epoch_or_authenticator_has_another()
    {
        var (one, other) = (new Opaque(new byte[32]), new Opaque(Enumerable.Repeat((byte)1, 32).ToArray()));
        Opaque[] hashes =
        [
            AppliedHash.Compute(one, new Epoch(1), one.Span), AppliedHash.Compute(other, new Epoch(1), one.Span),
            AppliedHash.Compute(one, new Epoch(2), one.Span), AppliedHash.Compute(one, new Epoch(1), other.Span),
        ];
        hashes.Distinct().Count().ShouldBe(4);
    }
}
