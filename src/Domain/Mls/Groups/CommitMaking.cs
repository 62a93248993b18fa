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

/// <summary>§12.4.1: a commit, signed and with its confirmation tag but not protected yet, and the epoch that it leads to.</summary>
internal sealed record CommitMaking(AuthenticatedContent Signed, Welcome? Welcome, GroupInfo GroupInfo, MlsGroup Next)
{
    public static CommitMaking Make(CommitDraft draft, FillRandom random)
    {
        var (group, suite, before) = (draft.Group, draft.Group.Suite, draft.Group.Context);

        // Verify that the list of proposals to be committed is valid as specified in Section 12.2.
        var list = Sort(draft);
        ProposalChecks.Check(list, group.Tree, suite, before, draft.Lifetimes ?? LifetimePolicy.Unchecked, draft.PskUsage);

        // Create the new ratchet tree and GroupContext by applying the list of proposals.
        var tree = group.Tree.Copy();
        var applied = AppliedProposals.Apply(list, tree, before);
        ProposalSupport.Check(list, applied, tree);
        var own = draft.Sender.Leaf ?? tree.AddLeaf(draft.Leaf);

        // If populating the path field: update the sender's direct path, encrypt in the provisional GroupContext.
        using var known = draft.Known?.CopyFor(tree) ?? new TreePrivateKeys(own);
        using var path = draft.ForcePath || list.RequiresPath
            ? OwnPath.Merge(tree, suite, own, draft.Leaf, before.GroupId, draft.NextSigner, known, random)
            : null;
        TreeValidation.CheckMembers(tree, new GroupRequirements(suite, applied.Extensions));
        var provisional = before with { Epoch = before.Epoch.Next, TreeHash = tree.TreeHash(suite), Extensions = applied.Extensions };
        var updatePath = path?.Encrypt(tree, applied.AddedLeaves, provisional.Encode(), random);

        // If not populating the path field: define commit_secret as the all-zero vector of length KDF.Nh.
        using var commitSecret = path is null ? Secret.Zero(suite.HashSize) : path.CommitSecret.Duplicate();
        using var pskSecret = PskLookup.Derive(suite, list.Psks, draft.FindPsk);

        // Construct a FramedContent object containing the Commit object; sign it using the old GroupContext as context.
        var body = new CommitBody(new Commit(draft.Proposals, updatePath));
        var content = new FramedContent(before.GroupId, before.Epoch, draft.Sender, draft.Framing.AuthenticatedData, body);
        var signed = AuthenticatedContent.Sign(suite, draft.Framing.WireFormat, content, before, draft.Signer.PrivateKey);

        // Update the confirmed transcript hash and the new GroupContext; compute the new epoch's secrets and confirmation_tag.
        var context = provisional with { ConfirmedTranscriptHash = TranscriptHashes.Confirmed(suite, group.InterimTranscriptHash, signed) };
        using var joiner = JoinerSecret.Derive(suite, draft.InitSecret, commitSecret, context);
        var secrets = joiner.DeriveEpoch(pskSecret, context);
        try
        {
            var tag = secrets.ConfirmationTag(suite, context.ConfirmedTranscriptHash);

            // Construct a GroupInfo reflecting the new state, and a Welcome for the new members.
            var groupInfo = GroupInfoMaking.Sign(suite, context, tree, secrets, tag, own, draft.NextSigner.PrivateKey, draft.GroupInfo);
            var welcome = applied.Added.IsEmpty
                ? null
                : WelcomeCipher.Seal(suite, joiner, pskSecret, [.. list.Psks], groupInfo, NewMembers(applied.Added, path), random);

            var staged = new StagedPublicCommit(before, own, list, applied)
            {
                NewContext = context,
                NewTree = tree,
                AuthenticatedData = draft.Framing.AuthenticatedData,
                ConfirmationTag = tag,
                Path = updatePath,
            };
            if (draft.Accept is not null)
                NewCredentials.Judge(staged, group.Tree, draft.Accept);
            var next = MlsGroup.Enter(group.After(staged), own, draft.NextSigner, secrets, (path?.Keys ?? known).CopyFor(tree));
            return new CommitMaking(signed.WithConfirmationTag(tag), welcome, groupInfo, next);
        }
        catch
        {
            secrets.Dispose();
            throw;
        }
    }

    private static ProposalList Sort(CommitDraft draft)
    {
        var proposals = draft.Group.Resolve(draft.Proposals, draft.Sender);
        return draft.Sender.Leaf is { } member ? ProposalList.Sort(proposals, member) : ProposalList.SortExternal(proposals);
    }

    // For each new member: the path secret of the lowest common ancestor with the committer, when there is a path.
    private static List<(KeyPackage, Secret?)> NewMembers(ImmutableArray<(LeafIndex Index, KeyPackage KeyPackage)> added, OwnPath? path) =>
        [.. added.Select(member => (member.KeyPackage, path?.PathSecretFor(member.Index)))];
}
