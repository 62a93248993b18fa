using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// §12.4.3.2, done by a client who does one step wrong and all that follow right. Removes are applied, by value and by
/// reference, whatever else the list holds.
/// </summary>
internal sealed record ForgedExternalCommit
{
    /// <summary>The list, from the ExternalInit that it should hold.</summary>
    public Func<ProposalOrRef, ImmutableArray<ProposalOrRef>> Proposals { get; init; } = externalInit => [externalInit];

    public Func<Opaque, Opaque> KemOutput { get; init; } = kemOutput => kemOutput;

    public bool WithPath { get; init; } = true;

    /// <summary>The leaf that the joiner takes.</summary>
    public Func<LeafIndex, LeafIndex> Place { get; init; } = place => place;

    /// <summary>The joiner's leaf before it is signed.</summary>
    public Func<LeafNode, LeafNode> Leaf { get; init; } = leaf => leaf;

    public Func<Secret, Secret> InitSecret { get; init; } = secret => secret.Duplicate();

    /// <summary>Who signs the commit; the joiner when null.</summary>
    public SignatureKeyPair? Signer { get; init; }

    /// <param name="member">Whose view of the group the joiner has, external_pub included.</param>
    /// <param name="externalPub">The key to join by; that of the member's epoch when null.</param>
    public MlsMessage By(Member joiner, Member member, HpkePublicKey? externalPub = null)
    {
        var (group, suite, before) = (member.Group.Public, member.Group.Suite, member.Group.Public.Context);
        using var external = member.Group.Secrets.ExternalKeyPair(suite);
        var (kemOutput, secret) = suite.ExternalInit(externalPub ?? external.PublicKey, TestRandom.Fill);
        using var initSecret = InitSecret(secret);
        secret.Dispose();
        var proposals = Proposals(new ProposalByValue(new ExternalInitProposal(KemOutput(kemOutput))));

        var tree = group.Tree.Copy();
        foreach (var leaf in group.Resolve(proposals, Sender.NewMemberCommit).Select(Removed).OfType<LeafIndex>().Distinct())
            tree.RemoveLeaf(leaf);
        using var bundle = joiner.NewBundle();
        var own = tree.AddLeaf(bundle.KeyPackage.LeafNode);
        var provisional = before with { Epoch = before.Epoch.Next };
        UpdatePath? path = null;
        using var none = new TreePrivateKeys(own);
        using var made = OwnPath.Merge(tree, suite, own, bundle.KeyPackage.LeafNode, before.GroupId, joiner.Signer, none, TestRandom.Fill);
        if (WithPath)
        {
            var leaf = LeafNodeTbs.Sign(Leaf(made.Leaf), suite, joiner.Signer.PrivateKey, before.GroupId, Place(own));
            path = made.Encrypt(tree, new HashSet<LeafIndex>(), (provisional with { TreeHash = tree.TreeHash(suite) }).Encode(), TestRandom.Fill) with { LeafNode = leaf };
        }

        var content = new FramedContent(before.GroupId, before.Epoch, Sender.NewMemberCommit, Opaque.Empty, new CommitBody(new Commit(proposals, path)));
        var signed = AuthenticatedContent.Sign(suite, WireFormat.PublicMessage, content, before, (Signer ?? joiner.Signer).PrivateKey);
        var after = provisional with { TreeHash = tree.TreeHash(suite), ConfirmedTranscriptHash = TranscriptHashes.Confirmed(suite, group.InterimTranscriptHash, signed) };
        using var pskSecret = PskSecret.None(suite);
        using var schedule = JoinerSecret.Derive(suite, initSecret, made.CommitSecret, after);
        using var secrets = schedule.DeriveEpoch(pskSecret, after);
        return new MlsMessage(new PublicMessage(content, signed.WithConfirmationTag(secrets.ConfirmationTag(suite, after.ConfirmedTranscriptHash)).Auth, null));
    }

    private static LeafIndex? Removed(ResolvedProposal resolved) => resolved.Proposal switch
    {
        RemoveProposal remove => remove.Removed,
        SelfRemoveProposal => resolved.Sender.Leaf,
        _ => null,
    };
}
