using System.Security.Cryptography;
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
    public void It_is_of_the_groups_epoch_and_its_authenticator()
    {
        using var group = new TestAgent().NewGroup();
        using var authenticator = group.EpochAuthenticator;
        AppliedHash.Of(group).ShouldBe(AppliedHash.Compute(group.GroupId, group.Epoch, authenticator.Span));
        using var pending = group.Commit(new(), RandomNumberGenerator.Fill);
        using var next = group.Merge(pending);
        AppliedHash.Of(next).ShouldNotBe(AppliedHash.Of(group));
    }
}
