using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.PublicGroups;

/// <summary>§12.4.2: processing a commit as far as it needs no secret, on a copy of the tree.</summary>
internal static class PublicCommitProcessing
{
    public static StagedPublicCommit Stage(PublicGroup group, VerifiedContent content, LifetimePolicy lifetimes, AcceptCredential? accept)
    {
        if (content.Content.Body is not CommitBody { Commit: var commit })
            throw new ArgumentException("not a commit", nameof(content));
        var (suite, before) = (group.Suite, group.Context);

        // Whether the tag is right, members alone can say; that it has the size of a MAC, anyone.
        if (content.Authenticated.Auth.ConfirmationTag is not { } tag || tag.Length != suite.HashSize)
            throw new MlsException(MlsError.InvalidConfirmationTag, "of the wrong size");

        // Verify that the proposals vector is valid according to the rules in Section 12.2.
        var proposals = group.Resolve(commit.Proposals, content.Sender);
        var list = content.Sender.Leaf is { } member ? ProposalList.Sort(proposals, member) : ProposalList.SortExternal(proposals);
        ProposalChecks.Check(list, group.Tree, suite, before, lifetimes);

        // Verify that the path value is populated if the commit needs one.
        if (commit.Path is null && list.RequiresPath)
            throw new MlsException(MlsError.PathRequired);

        // Create the new ratchet tree and GroupContext by applying the list of proposals to the old ones.
        var tree = group.Tree.Copy();
        var applied = AppliedProposals.Apply(list, tree, before);
        ProposalSupport.Check(list, applied, tree);
        var requirements = new GroupRequirements(suite, applied.Extensions);

        // §12.4.3.2: an external joiner is added at the leftmost free leaf, and its path is calculated relative to that.
        var committer = content.Sender.Leaf ?? tree.AddLeaf(commit.Path!.LeafNode);

        // If the path value is populated, validate it and apply it to the tree.
        if (commit.Path is { } path)
        {
            LeafChecks.CheckPathLeaf(path.LeafNode, suite, before.GroupId, committer);
            TreeKem.Merge(tree, suite, committer, path, applied.AddedLeaves);
        }

        // §12.2: the list is invalid if afterwards the tree has any leaf that is invalid according to Section 7.3.
        TreeValidation.CheckMembers(tree, requirements);

        // Update the confirmed transcript hash using the new Commit, and generate the new GroupContext.
        var newContext = before with
        {
            Epoch = before.Epoch.Next,
            TreeHash = tree.TreeHash(suite),
            ConfirmedTranscriptHash = TranscriptHashes.Confirmed(suite, group.InterimTranscriptHash, content.Authenticated),
            Extensions = applied.Extensions,
        };
        var staged = new StagedPublicCommit(before, committer, list, applied)
        {
            NewContext = newContext,
            NewTree = tree,
            AuthenticatedData = content.Content.AuthenticatedData,
            ConfirmationTag = tag,
            Path = commit.Path,
        };
        CheckResync(staged);
        if (accept is not null)
            NewCredentials.Judge(staged, group.Tree, accept);
        return staged;
    }

    // §12.2: the leaf of a resync meets the criteria of an Update for the leaf that it replaces: among them a new encryption key.
    private static void CheckResync(StagedPublicCommit staged)
    {
        if (staged.Resynced is { Leaf: var old } && old.EncryptionKey == staged.Path!.LeafNode.EncryptionKey)
            throw new MlsException(MlsError.PathKeyReused, "a resync keeps the encryption key of the leaf that it replaces");
    }
}
