using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.1: joining via Welcome message.</summary>
internal static class Joining
{
    public static (MlsGroup Group, GroupInfo GroupInfo) Join(Welcome welcome, KeyPackageBundle bundle, SignatureKeyPair signer, JoinOptions options)
    {
        // If the cipher suite indicated in the KeyPackage does not match the one in the Welcome message, return an error.
        var keyPackage = bundle.KeyPackage;
        if (welcome.CipherSuite != keyPackage.CipherSuite)
            throw new MlsException(MlsError.WelcomeMismatch, $"cipher suite {(ushort)welcome.CipherSuite}");
        if (signer.PublicKey != keyPackage.LeafNode.SignatureKey)
            throw new ArgumentException("The signature keys are not the key package's.", nameof(signer));
        var suite = CipherSuite.Get(welcome.CipherSuite);

        // Identify an entry in the secrets array, decrypt the encrypted_group_secrets.
        using var groupSecrets = WelcomeCipher.OpenSecrets(suite, welcome, keyPackage.Reference(suite), bundle.InitKey);
        using var pskSecret = DerivePsks(suite, groupSecrets, options);
        using var joiner = new JoinerSecret(suite, groupSecrets.JoinerSecret.Duplicate());
        var groupInfo = WelcomeCipher.OpenGroupInfo(suite, welcome, joiner, pskSecret);

        // Verify that the cipher_suite in the GroupInfo matches the cipher_suite in the KeyPackage.
        if (groupInfo.GroupContext.CipherSuite != suite.Id)
            throw new MlsException(MlsError.WelcomeMismatch, $"the GroupInfo's cipher suite {(ushort)groupInfo.GroupContext.CipherSuite}");

        // Verify the signature on the GroupInfo object and the integrity of the ratchet tree.
        var publicGroup = PublicGroup.FromGroupInfo(groupInfo, options.RatchetTree, options.Lifetimes, options.Accept);

        // §11.2, §11.3: if the group continues another, verify that it is what that one led to.
        if (options.Continues is { } old)
            Continuation.Check(Continuation.Of(groupSecrets.Psks)!.Usage, old, publicGroup, options.SameMember);

        // Identify a leaf whose LeafNode is identical to the one in the KeyPackage.
        var ownLeaf = FindLeaf(publicGroup, keyPackage.LeafNode);

        // Use the joiner_secret to generate the epoch secret, verify the confirmation tag.
        var secrets = joiner.DeriveEpoch(pskSecret, groupInfo.GroupContext);
        try
        {
            var expected = secrets.ConfirmationTag(suite, groupInfo.GroupContext.ConfirmedTranscriptHash);
            if (!ConstantTime.Equal(expected.Span, groupInfo.ConfirmationTag.Span))
                throw new MlsException(MlsError.InvalidConfirmationTag, "GroupInfo");

            // Set the private keys of the own leaf, and from the path_secret those of the common ancestor and above.
            var leafKey = new HpkeKeyPair(bundle.LeafKey.PublicKey, new HpkePrivateKey(bundle.LeafKey.PrivateKey.Value.Duplicate()));
            var pathSecret = groupSecrets.PathSecret?.Duplicate();
            var keys = TreeKem.Join(publicGroup.Tree, suite, ownLeaf, leafKey, groupInfo.Signer, pathSecret);
            return (MlsGroup.Enter(publicGroup, ownLeaf, signer, secrets, keys), groupInfo);
        }
        catch (MlsException)
        {
            secrets.Dispose();
            throw;
        }
    }

    private static Secret DerivePsks(CipherSuite suite, GroupSecrets secrets, JoinOptions options)
    {
        if (secrets.Psks.Any(id => id.Nonce.Length != suite.HashSize))
            throw new MlsException(MlsError.InvalidPsk, "the nonce does not have KDF.Nh bytes");

        // If a PreSharedKeyID has type resumption with usage reinit or branch, verify that it is the only such PSK.
        var link = Continuation.Of(secrets.Psks);
        if (link is null && options.Continues is not null)
            throw new MlsException(MlsError.NotAContinuation, "the Welcome names no group that it continues");
        if (link is not null && options.Continues is null)
            throw new MlsException(MlsError.InvalidPsk, $"usage {link.Usage} in a plain join");
        if (link is not null && (link.PskGroupId != options.Continues!.GroupId || link.PskEpoch != options.Continues.Epoch))
            throw new MlsException(MlsError.UnknownPsk, $"of another group than the one given, or of epoch {link.PskEpoch}");

        // If a PreSharedKeyID is part of the GroupSecrets and the client is not in possession of it, return an error.
        return PskLookup.Derive(suite, secrets.Psks, id => id == link ? options.Continues!.ResumptionPsk : options.FindPsk?.Invoke(id));
    }

    private static LeafIndex FindLeaf(PublicGroup group, LeafNode ownLeaf)
    {
        foreach (var (index, leaf) in group.Members)
        {
            if (leaf == ownLeaf)
                return index;
        }
        throw new MlsException(MlsError.WelcomeMismatch, "no leaf of the tree is the key package's");
    }
}
