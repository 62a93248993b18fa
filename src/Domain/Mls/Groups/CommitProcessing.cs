using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.2: processing a commit. Everything is derived beside the present state, which stays as it is.</summary>
internal static class CommitProcessing
{
    public static StagedCommit Process(MlsGroup group, PublicMessage message, ProcessOptions options)
    {
        if (message.Content.Body.Type != ContentType.Commit)
            throw new MlsException(MlsError.WrongWireFormat, $"{message.Content.Body.Type} where a commit is expected");

        // Verify the epoch, the signature on the FramedContent message, and the membership MAC.
        var verified = group.Public.Verify(message);
        if (verified.Sender.Leaf == group.OwnLeaf)
            throw new MlsException(MlsError.OwnMessage, "merge the pending commit");
        MembershipTag.Verify(group.Suite, message, group.Public.Context, group.Secrets);

        // Everything that needs no secret: proposals, the path's form and keys, the new tree and GroupContext.
        var staged = group.Public.Stage(verified, options.Lifetimes);
        foreach (var (removed, _) in staged.Removed)
        {
            // §12.4.2: a member must be prepared to receive a valid commit that removes it. It has no secret of the new epoch.
            if (removed == group.OwnLeaf)
                return new StagedCommit(staged, group, null);
        }
        return new StagedCommit(staged, group, Enter(group, staged, options.FindPsk));
    }

    private static MlsGroup Enter(MlsGroup group, StagedPublicCommit staged, FindPsk? findPsk)
    {
        var suite = group.Suite;
        using var pskSecret = PskLookup.Derive(suite, staged.List.Psks, findPsk);

        // Decrypt the path secrets using the provisional GroupContext; without a path the commit_secret is all zero.
        var (keys, commitSecret) = staged.Path is { } path
            ? TreeKem.Decrypt(staged.NewTree, suite, staged.Committer, path, staged.Applied.AddedLeaves, group.PrivateKeys, staged.ProvisionalContext.Encode())
            : (group.PrivateKeys.CopyFor(staged.NewTree), Secret.Zero(suite.HashSize));
        EpochSecrets? secrets = null;
        try
        {
            // Use the init_secret from the previous epoch, the commit_secret and psk_secret, and the new GroupContext.
            using (commitSecret)
            using (var joiner = JoinerSecret.Derive(suite, group.Secrets.Init, commitSecret, staged.NewContext))
                secrets = joiner.DeriveEpoch(pskSecret, staged.NewContext);

            // Compute the confirmation tag for this message and verify that it is the same as the confirmation_tag field.
            var expected = secrets.ConfirmationTag(suite, staged.NewContext.ConfirmedTranscriptHash);
            if (!ConstantTime.Equal(expected.Span, staged.ConfirmationTag.Span))
                throw new MlsException(MlsError.InvalidConfirmationTag, "commit");
            return MlsGroup.Enter(group.Public.After(staged), group.OwnLeaf, group.Signer, secrets, keys);
        }
        catch
        {
            secrets?.Dispose();
            keys.Dispose();
            throw;
        }
    }
}
