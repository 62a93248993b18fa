using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1: creating a commit and the Welcome that belongs to it.</summary>
internal static class Committing
{
    public static PendingCommit Commit(MlsGroup group, CommitRequest request, FillRandom random)
    {
        var (suite, before, own) = (group.Suite, group.Public.Context, group.OwnLeaf);
        var self = Sender.Member(own);

        // Verify that the list of proposals to be committed is valid as specified in Section 12.2.
        var list = ProposalList.Sort([.. request.Proposals.Select(proposal => new ResolvedProposal(proposal, self))], own);
        ProposalChecks.Check(list, group.Public.Tree, suite, before, request.Lifetimes ?? LifetimePolicy.Unchecked);

        // Create the new ratchet tree and GroupContext by applying the list of proposals.
        var tree = group.Public.Tree.Copy();
        var applied = AppliedProposals.Apply(list, tree, before);

        // If populating the path field: update the sender's direct path, encrypt in the provisional GroupContext.
        using var path = request.ForcePath || list.RequiresPath
            ? OwnPath.Merge(tree, suite, own, tree[own]!, before.GroupId, group.Signer, group.PrivateKeys, random)
            : null;
        TreeValidation.CheckMembers(tree, new GroupRequirements(suite, applied.Extensions));
        var provisional = before with { Epoch = before.Epoch.Next, TreeHash = tree.TreeHash(suite), Extensions = applied.Extensions };
        var updatePath = path?.Encrypt(tree, applied.AddedLeaves, provisional.Encode(), random);

        // If not populating the path field: define commit_secret as the all-zero vector of length KDF.Nh.
        using var commitSecret = path is null ? Secret.Zero(suite.HashSize) : path.CommitSecret.Duplicate();
        using var pskSecret = PskLookup.Derive(suite, list.Psks, request.FindPsk);

        // Construct a FramedContent object containing the Commit object; sign it using the old GroupContext as context.
        var commit = new Commit([.. request.Proposals.Select(proposal => new ProposalByValue(proposal))], updatePath);
        var content = new FramedContent(before.GroupId, before.Epoch, self, request.AuthenticatedData, new CommitBody(commit));
        var signed = AuthenticatedContent.Sign(suite, WireFormat.PublicMessage, content, before, group.Signer.PrivateKey);

        // Update the confirmed transcript hash and the new GroupContext; compute the new epoch's secrets and confirmation_tag.
        var context = provisional with { ConfirmedTranscriptHash = TranscriptHashes.Confirmed(suite, group.Public.InterimTranscriptHash, signed) };
        using var joiner = JoinerSecret.Derive(suite, group.Secrets.Init, commitSecret, context);
        var secrets = joiner.DeriveEpoch(pskSecret, context);
        var tag = secrets.ConfirmationTag(suite, context.ConfirmedTranscriptHash);

        // Protect the AuthenticatedContent object using keys from the old epoch.
        var message = MembershipTag.Protect(suite, signed.WithConfirmationTag(tag), before, group.Secrets);

        // Construct a GroupInfo reflecting the new state, and a Welcome for the new members.
        var groupInfo = GroupInfo.Sign(suite, context, GroupInfoExtensions.WithTree(tree, request.GroupInfoExtensions), tag, own, group.Signer.PrivateKey);
        var welcome = applied.Added.IsEmpty
            ? null
            : WelcomeCipher.Seal(suite, joiner, pskSecret, [.. list.Psks], groupInfo, NewMembers(applied.Added, path), random);

        var staged = new StagedPublicCommit(before, own, list, applied)
        {
            NewContext = context,
            NewTree = tree,
            AuthenticatedData = request.AuthenticatedData,
            ConfirmationTag = tag,
            Path = updatePath,
        };
        var keys = (path?.Keys ?? group.PrivateKeys).CopyFor(tree);
        return new PendingCommit(message, welcome, groupInfo, MlsGroup.Enter(group.Public.After(staged), own, group.Signer, secrets, keys));
    }

    // For each new member: the path secret of the lowest common ancestor with the committer, when there is a path.
    private static List<(KeyPackage, Secret?)> NewMembers(ImmutableArray<(LeafIndex Index, KeyPackage KeyPackage)> added, OwnPath? path) =>
        [.. added.Select(member => (member.KeyPackage, path?.PathSecretFor(member.Index)))];
}
