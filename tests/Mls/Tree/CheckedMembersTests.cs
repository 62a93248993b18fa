using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tests.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Tree;

/// <summary>§7.3: checking what a commit changed refuses exactly what checking the whole tree refuses, by the same rule.</summary>
public sealed class CheckedMembersTests
{
    private const int Steps = 400;

    private static readonly ExtensionType Custom = (ExtensionType)0xf00d;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_change_is_judged_as_if_the_whole_tree_were_checked(int seed)
    {
        var random = new Random(seed);
        var tree = new RatchetTree(Leaf(random, 0, 1));
        var requirements = Requirements(ExtensionList.Empty);
        TreeValidation.CheckMembers(tree, requirements);
        var (accepted, refused, incremental) = (0, 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            var changed = tree.Copy();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                Change(random, changed, step);
            var asked = random.Next(10) == 0 ? RandomRequirements(random) : requirements;

            var full = Outcome(Tls.Decode<RatchetTree>(Tls.Encode(changed)), asked);
            Outcome(changed, asked).ShouldBe(full, $"seed {seed}, step {step}");
            if (full is not null)
            {
                refused++;
                continue;
            }
            accepted++;
            incremental += ReferenceEquals(changed.Checked, tree.Checked) ? 1 : 0;

            // Some commits are staged and dropped: what is known is then of a tree that never came to be.
            if (random.Next(4) != 0)
                (tree, requirements) = (changed, asked);
        }
        accepted.ShouldBeGreaterThan(Steps / 5);
        refused.ShouldBeGreaterThan(Steps / 20);
        incremental.ShouldBeGreaterThan(accepted / 4);
    }

    [Fact]
    public void Two_trees_that_descend_from_one_are_judged_each_by_itself()
    {
        var group = ForgedGroup.Of(5);
        var (left, right) = (group.Public.Tree.Copy(), group.Public.Tree.Copy());
        var added = new Client("added").KeyPackage.LeafNode;
        var requirements = Requirements(ExtensionList.Empty);
        left.AddLeaf(added);
        right.AddLeaf(added);
        TreeValidation.CheckMembers(left, requirements);
        TreeValidation.CheckMembers(right, requirements);
        left.AddLeaf(added);
        Expect.Refused(MlsError.DuplicateSignatureKey, () => TreeValidation.CheckMembers(left, requirements));
        TreeValidation.CheckMembers(right, requirements);
    }

    private static MlsError? Outcome(RatchetTree tree, GroupRequirements requirements)
    {
        try
        {
            TreeValidation.CheckMembers(tree, requirements);
            return null;
        }
        catch (MlsException e)
        {
            return e.Error;
        }
    }

    // Keys are mostly fresh, sometimes one of a few, so that some are in the tree already and some come back.
    private static void Change(Random random, RatchetTree tree, int step)
    {
        var members = tree.Leaves.Select(member => member.Index).ToArray();
        var one = members[random.Next(members.Length)];
        switch (random.Next(6))
        {
            case 0 or 1:
                tree.AddLeaf(Leaf(random, step, 24));
                break;
            case 2 when members.Length > 1:
                tree.RemoveLeaf(one);
                break;
            case 3:
                tree.UpdateLeaf(one, Leaf(random, step, 24) with { SignatureKey = tree[one]!.SignatureKey });
                break;
            case 4:
                tree.UpdateLeaf(one, Leaf(random, step, 24));
                break;
            default:
                var path = tree.FilteredDirectPath(one);
                tree.SetPath(one, tree[one]! with { EncryptionKey = new HpkePublicKey(Key(random, 24)) }, path.Select(node => (node.Node, new ParentNode(new HpkePublicKey(Key(random, 24)), Opaque.Empty, []))));
                break;
        }
    }

    private static LeafNode Leaf(Random random, int step, int rareIn)
    {
        var rare = random.Next(rareIn);
        Credential credential = rare == 1 && step > 20 ? new X509Credential([]) : new BasicCredential(Opaque.Copy("somebody"u8));
        var capabilities = Capabilities.Basic(Client.Suite.Id) with
        {
            Credentials = random.Next(8) == 0 ? [CredentialType.Basic] : [CredentialType.Basic, CredentialType.X509],
            Extensions = random.Next(3) == 0 ? [] : [Custom],
        };
        return new LeafNode
        {
            EncryptionKey = new HpkePublicKey(Key(random, rareIn)),
            SignatureKey = new SignaturePublicKey(Key(random, rareIn)),
            Credential = credential,
            Capabilities = rare == 2 ? capabilities with { Versions = [] } : capabilities,
            Source = LeafNodeSource.Update,
            Extensions = rare == 3 ? new ExtensionList(new Extension(Custom, Opaque.Empty)) : ExtensionList.Empty,
        };
    }

    private static Opaque Key(Random random, int rareIn)
    {
        var key = new byte[32];
        if (random.Next(rareIn) == 1)
            key[0] = (byte)random.Next(6);
        else
            random.NextBytes(key);
        return new Opaque(key);
    }

    private static GroupRequirements RandomRequirements(Random random) => Requirements(random.Next(4) switch
    {
        0 => ExtensionList.Empty,
        1 => new ExtensionList(new Extension(Custom, Opaque.Empty)),
        2 => new ExtensionList(new Extension(ExtensionType.ExternalSenders, Tls.Encode(new ExternalSenders([new ExternalSender(new SignaturePublicKey(Key(random, 2)), new X509Credential([]))])))),
        _ => new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([Custom], [], [])))),
    });

    private static GroupRequirements Requirements(ExtensionList extensions) => new(Client.Suite, extensions);
}
