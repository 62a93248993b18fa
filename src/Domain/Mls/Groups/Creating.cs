using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§11: a group of one member, at leaf 0 and epoch 0.</summary>
internal static class Creating
{
    private static readonly LeafIndex Creator = new(0);

    public static MlsGroup Create(CipherSuite suite, Opaque groupId, SignatureKeyPair signer, KeyPackageBundle ownLeaf, ExtensionList groupExtensions, FillRandom random)
    {
        var (tree, context) = Initial(suite, groupId, ownLeaf, groupExtensions);

        // §11: Epoch secret: A fresh random value of size KDF.Nh.
        using var epochSecret = Secret.Random(suite.HashSize, random);
        var secrets = EpochSecrets.Derive(suite, epochSecret);
        var publicGroup = PublicGroup.Create(suite, context, tree, secrets.ConfirmationTag(suite, context.ConfirmedTranscriptHash));
        var keys = TreeKem.Join(tree, suite, Creator, CopyOf(ownLeaf.LeafKey), Creator, null);
        return MlsGroup.Enter(publicGroup, Creator, signer, secrets, keys);
    }

    public static GroupCreation CreateWithWelcome(Opaque groupId, KeyPackageBundle creator, SignatureKeyPair signer, ExtensionList groupExtensions, FillRandom random)
    {
        var suite = CipherSuite.Get(creator.KeyPackage.CipherSuite);
        var (tree, context) = Initial(suite, groupId, creator, groupExtensions);

        // A random init_secret in place of a random epoch secret: the schedule then has a joiner_secret for the Welcome.
        using var initSecret = Secret.Random(suite.HashSize, random);
        using var commitSecret = Secret.Zero(suite.HashSize);
        using var pskSecret = PskSecret.None(suite);
        using var joiner = JoinerSecret.Derive(suite, initSecret, commitSecret, context);
        using var secrets = joiner.DeriveEpoch(pskSecret, context);
        var tag = secrets.ConfirmationTag(suite, context.ConfirmedTranscriptHash);
        PublicGroup.Create(suite, context, tree, tag);
        var groupInfo = GroupInfoMaking.Sign(suite, context, tree, secrets, tag, Creator, signer.PrivateKey, GroupInfoOptions.Default);
        var welcome = WelcomeCipher.Seal(suite, joiner, pskSecret, [], groupInfo, [(creator.KeyPackage, null)], random);
        return new GroupCreation(groupInfo, welcome);
    }

    private static (RatchetTree Tree, GroupContext Context) Initial(CipherSuite suite, Opaque groupId, KeyPackageBundle creator, ExtensionList extensions)
    {
        // §11: The ratchet tree has one leaf, the creator's; the confirmed transcript hash is the zero-length octet string.
        var tree = new RatchetTree(creator.KeyPackage.LeafNode);
        return (tree, new GroupContext(suite.Id, groupId, new Epoch(0), tree.TreeHash(suite), Opaque.Empty, extensions));
    }

    private static HpkeKeyPair CopyOf(HpkeKeyPair pair) => new(pair.PublicKey, new HpkePrivateKey(pair.PrivateKey.Value.Duplicate()));
}
