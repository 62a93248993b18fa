using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.2: processing a commit. Everything is derived beside the present state, which stays as it is.</summary>
internal static class CommitProcessing
{
    public static StagedCommit Process(MlsGroup group, MlsMessage message, ProcessOptions options)
    {
        // Verify the epoch, the signature on the FramedContent message, and the membership MAC or the encryption.
        var opened = OpenedHandshake.Open(group, message, ContentType.Commit);

        // Everything that needs no secret: proposals, the path's form and keys, the new tree and GroupContext.
        var staged = group.Public.Stage(opened.Content, options.Lifetimes, options.Accept);
        foreach (var (removed, _) in staged.Removed)
        {
            // §12.4.2: a member must be prepared to receive a valid commit that removes it. It has no secret of the new epoch.
            if (removed == group.OwnLeaf)
                return new StagedCommit(staged, opened, group, null);
        }
        return new StagedCommit(staged, opened, group, Enter(group, staged, options.FindPsk));
    }

    private static MlsGroup Enter(MlsGroup group, StagedPublicCommit staged, FindPsk? findPsk)
    {
        var suite = group.Suite;
        using var pskSecret = PskLookup.Derive(suite, staged.List.Psks, findPsk);
        var ownUpdate = group.OwnUpdates.Find(update => update.IsOf(staged.NewTree[group.OwnLeaf]!));

        // Decrypt the path secrets using the provisional GroupContext; without a path the commit_secret is all zero.
        using var known = KeysIn(group, staged.NewTree, ownUpdate);
        var (keys, commitSecret) = staged.Path is { } path
            ? TreeKem.Decrypt(staged.NewTree, suite, staged.Committer, path, staged.Applied.AddedLeaves, known, staged.ProvisionalContext.Encode())
            : (known.CopyFor(staged.NewTree), Secret.Zero(suite.HashSize));
        EpochSecrets? secrets = null;
        try
        {
            // Use the init_secret from the previous epoch (or that of the external init), the commit_secret and psk_secret, and the new GroupContext.
            using (commitSecret)
            using (var initSecret = InitSecret(group, staged))
            using (var joiner = JoinerSecret.Derive(suite, initSecret, commitSecret, staged.NewContext))
                secrets = joiner.DeriveEpoch(pskSecret, staged.NewContext);

            // Compute the confirmation tag for this message and verify that it is the same as the confirmation_tag field.
            var expected = secrets.ConfirmationTag(suite, staged.NewContext.ConfirmedTranscriptHash);
            if (!ConstantTime.Equal(expected.Span, staged.ConfirmationTag.Span))
                throw new MlsException(MlsError.InvalidConfirmationTag, "commit");
            return MlsGroup.Enter(group.Public.After(staged), group.OwnLeaf, ownUpdate?.Signer ?? group.Signer, secrets, keys);
        }
        catch
        {
            secrets?.Dispose();
            keys.Dispose();
            throw;
        }
    }

    // What this member knows of the new tree before the path is applied: an own Update that was committed has a new leaf key.
    private static TreePrivateKeys KeysIn(MlsGroup group, RatchetTree tree, OwnUpdate? ownUpdate)
    {
        var keys = group.PrivateKeys.CopyFor(tree);
        if (ownUpdate is not null)
            keys.Set(NodeIndex.Of(group.OwnLeaf), new HpkeKeyPair(ownUpdate.LeafKey.PublicKey, new HpkePrivateKey(ownUpdate.LeafKey.PrivateKey.Value.Duplicate())));
        return keys;
    }

    // §8.3: an external commit starts from the secret that its kem_output tells to the holders of external_secret.
    private static Secret InitSecret(MlsGroup group, StagedPublicCommit staged)
    {
        if (staged.List.ExternalInit is not { } externalInit)
            return group.Secrets.Init.Duplicate();
        using var external = group.Secrets.ExternalKeyPair(group.Suite);
        return group.Suite.ReceiveExternalInit(external, externalInit.KemOutput);
    }
}
