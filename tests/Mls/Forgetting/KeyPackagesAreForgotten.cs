using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>§16.8: the private keys of a key package go with its one use, and the leaf's with its first path; a last resort's stay.</summary>
[Collection(nameof(SecretHeap))]
public sealed class KeyPackagesAreForgotten
{
    [Fact]
    [Fault(35)]
    public void The_init_key_goes_with_the_bundle_and_the_leaf_key_with_the_first_path()
    {
        using var group = TestGroup.OfThree();
        using var dave = new Member(TestGroup.Suite, "dave");
        var bundle = dave.NewBundle();
        var (initKey, leafKey) = Keys(bundle);
        using (var stored = bundle.Serialize())
        {
            stored.Span.IndexOf(initKey).ShouldBePositive();
            stored.Span.IndexOf(leafKey).ShouldBePositive();
            using var restored = KeyPackageBundle.Deserialize(stored.Span);
            Keys(restored).ShouldBe((initKey, leafKey), ByContent.Instance);
        }
        using (var pending = group[0].Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill))
        {
            group.Deliver(group[0], pending);
            dave.Group = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
        }
        group.Members.Add(dave);
        SecretHeap.Holds(initKey).ShouldBeTrue("as long as the caller keeps the bundle");
        bundle.Dispose();
        SecretHeap.Holds(initKey).ShouldBeFalse();
        SecretHeap.PoolHolds(initKey).ShouldBeFalse();
        SecretHeap.Holds(leafKey).ShouldBeTrue("the leaf in the tree is still the key package's");
        group.Commit(dave);
        SecretHeap.Holds(leafKey).ShouldBeFalse();
    }

    [Fact]
    [Fault(35)]
    public void A_key_package_of_last_resort_serves_again_and_its_keys_stay_apart_from_the_groups()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var elsewhere = new Member(TestGroup.Suite, "dave elsewhere");
        using var bundle = KeyPackageBundle.Create(
            TestGroup.Suite,
            dave.Signer,
            new BasicCredential(Opaque.Copy("dave"u8)),
            new KeyPackageOptions
            {
                Capabilities = Capabilities.Basic(TestGroup.Suite.Id) with { Extensions = [ExtensionType.LastResort] },
                Lifetime = new Lifetime(0, ulong.MaxValue),
                Extensions = new ExtensionList(new Extension(ExtensionType.LastResort, Opaque.Empty)),
            },
            TestRandom.Fill);
        bundle.KeyPackage.IsLastResort.ShouldBeTrue();
        var (initKey, leafKey) = Keys(bundle);
        using var first = TestGroup.OfThree();
        using var second = TestGroup.OfThree();
        dave.Group = Join(first);
        elsewhere.Group = Join(second);

        // Leaving one group zeroes that group's copy alone.
        dave.Group.Dispose();
        SecretHeap.Held([("init_key", initKey), ("leaf_key", leafKey)]).Count.ShouldBe(2);
        Keys(bundle).ShouldBe((initKey, leafKey), ByContent.Instance);
        elsewhere.Read(second[0].Send("still here")).ShouldBe("still here");

        MlsGroup Join(TestGroup group)
        {
            using var pending = group[0].Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
            group.Deliver(group[0], pending);
            return MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
        }
    }

    private static (byte[] Init, byte[] Leaf) Keys(KeyPackageBundle bundle) =>
        (bundle.InitKey.PrivateKey.Value.Span.ToArray(), bundle.LeafKey.PrivateKey.Value.Span.ToArray());

    private sealed class ByContent : IEqualityComparer<(byte[] Init, byte[] Leaf)>
    {
        public static readonly ByContent Instance = new();

        public bool Equals((byte[] Init, byte[] Leaf) x, (byte[] Init, byte[] Leaf) y) => x.Init.AsSpan().SequenceEqual(y.Init) && x.Leaf.AsSpan().SequenceEqual(y.Leaf);

        public int GetHashCode((byte[] Init, byte[] Leaf) obj) => obj.Init.Length;
    }
}
