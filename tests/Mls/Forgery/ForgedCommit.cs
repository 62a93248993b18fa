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
/// §12.4.1, done by an insider who does one step wrong and all that follow right: what comes out has the signatures,
/// parent hashes, transcript hash, confirmation tag and membership tag of the changed commit.
/// </summary>
internal sealed record ForgedCommit
{
    public ImmutableArray<ProposalOrRef> Proposals { get; init; } = [];

    public bool WithPath { get; init; } = true;

    /// <summary>The path's leaf before its parent hash is set and it is signed.</summary>
    public Func<LeafNode, LeafNode> Leaf { get; init; } = leaf => leaf;

    /// <summary>The path's keys, lowest first, before parent hashes are made of them.</summary>
    public Func<ImmutableArray<HpkePublicKey>, ImmutableArray<HpkePublicKey>> Keys { get; init; } = keys => keys;

    /// <summary>The GroupContext that path secrets are encrypted in.</summary>
    public Func<GroupContext, GroupContext> PathContext { get; init; } = context => context;

    /// <summary>The path as it is sent, its leaf signed; parent hashes are made of its keys alone.</summary>
    public Func<UpdatePath, UpdatePath> Path { get; init; } = path => path;

    /// <summary>The commit_secret.</summary>
    public Func<CipherSuite, Secret, Secret> CommitSecret { get; init; } = (_, secret) => secret.Duplicate();

    /// <summary>The PSKs in the order in which they are chained.</summary>
    public Func<ImmutableArray<PreSharedKeyId>, ImmutableArray<PreSharedKeyId>> PskOrder { get; init; } = psks => psks;

    /// <summary>The leaves that the proposals add, which no path secret is encrypted to.</summary>
    public Func<IReadOnlySet<LeafIndex>, IReadOnlySet<LeafIndex>> Excluded { get; init; } = added => added;

    /// <summary>The confirmation tag.</summary>
    public Func<Opaque, Opaque> Tag { get; init; } = tag => tag;

    /// <summary>Who signs the path's leaf; the member when null.</summary>
    public SignatureKeyPair? LeafSigner { get; init; }

    /// <summary>Who signs the commit; the member when null.</summary>
    public SignatureKeyPair? Signer { get; init; }

    public static ImmutableArray<ProposalOrRef> ByValue(params Proposal[] proposals) => [.. proposals.Select(proposal => new ProposalByValue(proposal))];

    /// <summary>As a PublicMessage.</summary>
    /// <param name="findPsk">The PSKs that the proposals name.</param>
    public PublicMessage By(Member member, FindPsk? findPsk = null) =>
        MembershipTag.Protect(member.Group.Suite, Sign(member, WireFormat.PublicMessage, findPsk), member.Group.Public.Context, member.Group.Secrets);

    /// <summary>As a PrivateMessage, with the next key of the member's handshake ratchet.</summary>
    public MlsMessage EncryptedBy(Member member)
    {
        var signed = Sign(member, WireFormat.PrivateMessage, null);
        using var key = member.Group.Sending.NextHandshake(member.Group.Suite);
        return new MlsMessage(Forge.Seal(member, signed, key));
    }

    private AuthenticatedContent Sign(Member member, WireFormat wireFormat, FindPsk? findPsk)
    {
        var group = member.Group;
        var (suite, before, own) = (group.Suite, group.Public.Context, group.OwnLeaf);
        var tree = group.Public.Tree.Copy();
        var list = ProposalList.Sort(group.Public.Resolve(Proposals, Sender.Member(own)), own);
        var applied = AppliedProposals.Apply(list, tree, before);
        var provisional = before with { Epoch = before.Epoch.Next, Extensions = applied.Extensions };

        UpdatePath? path = null;
        var commitSecret = Secret.Zero(suite.HashSize);
        if (WithPath)
        {
            using var made = OwnPath.Merge(tree, suite, own, tree[own]!, before.GroupId, member.Signer, group.PrivateKeys, TestRandom.Fill);
            var steps = tree.FilteredDirectPath(own);
            var keys = Keys([.. steps.Select(step => tree.EncryptionKey(step.Node)!.Value)]);
            LeafNode? leaf = null;
            tree.MergePath(suite, own, steps, keys, parentHash =>
                leaf = LeafNodeTbs.Sign(Leaf(made.Leaf with { ParentHash = parentHash }), suite, (LeafSigner ?? member.Signer).PrivateKey, before.GroupId, own));
            var context = PathContext(provisional with { TreeHash = tree.TreeHash(suite) });
            path = Path(made.Encrypt(tree, Excluded(applied.AddedLeaves), context.Encode(), TestRandom.Fill) with { LeafNode = leaf! });
            commitSecret = made.CommitSecret.Duplicate();
        }

        var content = new FramedContent(before.GroupId, before.Epoch, Sender.Member(own), Opaque.Empty, new CommitBody(new Commit(Proposals, path)));
        var signed = AuthenticatedContent.Sign(suite, wireFormat, content, before, (Signer ?? member.Signer).PrivateKey);
        var after = provisional with { TreeHash = tree.TreeHash(suite), ConfirmedTranscriptHash = TranscriptHashes.Confirmed(suite, group.Public.InterimTranscriptHash, signed) };
        using var forgedSecret = CommitSecret(suite, commitSecret);
        commitSecret.Dispose();
        using var pskSecret = PskSecret.Derive(suite, [.. PskOrder([.. list.Psks]).Select(id => (id, findPsk!(id)!))]);
        using var joiner = JoinerSecret.Derive(suite, group.Secrets.Init, forgedSecret, after);
        using var secrets = joiner.DeriveEpoch(pskSecret, after);
        return signed.WithConfirmationTag(Tag(secrets.ConfirmationTag(suite, after.ConfirmedTranscriptHash)));
    }
}
