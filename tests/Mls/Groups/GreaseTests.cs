using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>§13.5: what means nothing is ignored wherever it may stand.</summary>
public sealed class GreaseTests
{
    [Fact]
    public void The_values_are_those_of_the_registry()
    {
        Grease.Values.Length.ShouldBe(15);
        Grease.Values[0].ShouldBe((ushort)0x0A0A);
        Grease.Values[10].ShouldBe((ushort)0xAAAA);
        Grease.Values[14].ShouldBe((ushort)0xEAEA);
    }

    [Fact]
    [Fault(34)]
    public void A_key_package_and_a_group_info_full_of_grease_are_taken()
    {
        using var group = TestGroup.OfThree();
        using var dave = new Member(TestGroup.Suite, "dave");
        var plain = new KeyPackageOptions { Capabilities = dave.Capabilities, Lifetime = new Lifetime(0, 86_400) };
        var greased = Grease.Into(plain, TestRandom.Fill);
        greased.Capabilities.CipherSuites.Length.ShouldBe(2);
        greased.Capabilities.Proposals.Length.ShouldBe(1);
        greased.Capabilities.Credentials.Length.ShouldBe(2);
        foreach (var extension in greased.LeafExtensions.All.Concat(greased.Extensions.All))
        {
            Grease.Values.ShouldContain((ushort)extension.Type);
            greased.Capabilities.Extensions.ShouldContain(extension.Type);
        }

        using var bundle = KeyPackageBundle.Create(TestGroup.Suite, dave.Signer, dave.Credential, greased, TestRandom.Fill);
        ValidatedKeyPackage.Validate(bundle.KeyPackage, DateTimeOffset.UnixEpoch.AddHours(1));
        using var pending = group[0].Group.Commit(
            new CommitRequest
            {
                Proposals = [new AddProposal(bundle.KeyPackage)],
                GroupInfo = new GroupInfoOptions { Extensions = Grease.IntoGroupInfo(ExtensionList.Empty, TestRandom.Fill) },
            },
            TestRandom.Fill);
        group.Deliver(group[0], pending);
        dave.Group = MlsGroup.Join(TestGroup.OverTheWire(pending.Welcome!), bundle, dave.Signer, new JoinOptions());
        group.Members.Add(dave);
        group.ShouldAgree();
        group.ShouldTalk();
    }
}
