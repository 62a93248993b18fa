using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// A group whose every signing key the tests hold, followed in public alone: it makes valid commits, and invalid ones
/// that are signed again after the change, so that the check in question is the one that fires.
/// </summary>
internal sealed class ForgedGroup
{
    private static readonly CipherSuite Suite = Client.Suite;

    private readonly Dictionary<SignaturePublicKey, Client> _clients = [];

    public ForgedGroup(ExtensionList? extensions = null, Client? creator = null)
    {
        creator ??= new Client("creator");
        _clients[creator.Signer.PublicKey] = creator;
        var tree = new RatchetTree(creator.KeyPackage.LeafNode);
        var context = new GroupContext(Suite.Id, Id, new Epoch(0), tree.TreeHash(Suite), Opaque.Empty, extensions ?? ExtensionList.Empty);
        Public = PublicGroup.FromGroupInfo(GroupInfo.Sign(Suite, context, ExtensionList.Empty, Tag(), new LeafIndex(0), creator.Signer.PrivateKey), tree);
    }

    public static Opaque Id { get; } = Opaque.Copy("a group"u8);

    public PublicGroup Public { get; private set; }

    public Client this[uint leaf] => _clients[Public.Tree[new LeafIndex(leaf)]!.SignatureKey];

    /// <summary>A group of so many members, added at once and with a path of the member at each of some leaves after.</summary>
    public static ForgedGroup Of(int members, params uint[] committers)
    {
        var group = new ForgedGroup();
        if (members > 1)
            group.Apply(group.Commit(0, group.Adds(members - 1)));
        foreach (var committer in committers)
            group.Apply(group.Commit(committer));
        return group;
    }

    /// <summary>A group of so many members, added without a path, so that its tree has no filled parent.</summary>
    public static ForgedGroup Flat(int members)
    {
        var group = new ForgedGroup();
        group.Apply(group.CommitWithoutPath(0, group.Adds(members - 1)));
        return group;
    }

    /// <summary>A client that may sign in this group once it is added.</summary>
    public Client Admit(Client client)
    {
        _clients[client.Signer.PublicKey] = client;
        return client;
    }

    public Proposal[] Adds(int count) => [.. Enumerable.Range(0, count).Select(i => new AddProposal(Admit(new Client($"member {i}")).KeyPackage))];

    /// <summary>Verifies, stages and merges a commit.</summary>
    public StagedPublicCommit Apply(PublicMessage commit)
    {
        var staged = Public.Stage(Public.Verify(commit));
        Public.Merge(staged);
        return staged;
    }

    /// <summary>A commit with its proposals by value and a path.</summary>
    public PublicMessage Commit(uint committer, params Proposal[] proposals) => Frame(committer, ByValue(proposals), Path(committer, ByValue(proposals)));

    /// <summary>A commit with its proposals by value and no path.</summary>
    public PublicMessage CommitWithoutPath(uint committer, params Proposal[] proposals) => Frame(committer, ByValue(proposals), null);

    /// <summary>A commit whose path is changed after it was made.</summary>
    public PublicMessage CommitWithPath(uint committer, Func<UpdatePath, UpdatePath> change, params Proposal[] proposals) =>
        Frame(committer, ByValue(proposals), change(Path(committer, ByValue(proposals))));

    /// <summary>A commit whose path's leaf is changed, and signed again for its place.</summary>
    public PublicMessage CommitWithLeaf(uint committer, Func<LeafNode, LeafNode> change, params Proposal[] proposals) =>
        CommitWithPath(committer, path => path with { LeafNode = this[committer].Sign(change(path.LeafNode), Id, new LeafIndex(committer)) }, proposals);

    /// <summary>A commit whose path has other keys, with the parent hashes and the leaf's signature that belong to them.</summary>
    public PublicMessage CommitWithKeys(uint committer, Func<ImmutableArray<HpkePublicKey>, ImmutableArray<HpkePublicKey>> change, params Proposal[] proposals) =>
        CommitWithPath(committer, path => Rehash(committer, path, change([.. path.Nodes.Select(node => node.EncryptionKey)]), proposals), proposals);

    /// <summary>A tree in which a member's path has other keys, as if it had committed them.</summary>
    public RatchetTree TreeWithKeys(uint committer, Func<ImmutableArray<HpkePublicKey>, ImmutableArray<HpkePublicKey>> change)
    {
        var tree = Public.Tree.Copy();
        var sender = new LeafIndex(committer);
        var path = Path(sender, tree, new HashSet<LeafIndex>());
        tree.MergePath(Suite, sender, tree.FilteredDirectPath(sender), change([.. path.Nodes.Select(node => node.EncryptionKey)]), hash =>
            this[committer].Sign(path.LeafNode with { ParentHash = hash }, Id, sender));
        return tree;
    }

    /// <summary>A GroupInfo of this epoch by a member, for a tree that may not be the group's.</summary>
    public GroupInfo Info(RatchetTree? tree = null, Func<GroupContext, GroupContext>? context = null, ExtensionList? extensions = null, uint signer = 0, Opaque? tag = null)
    {
        var described = Public.Context with { TreeHash = (tree ?? Public.Tree).TreeHash(Suite) };
        return GroupInfo.Sign(Suite, context?.Invoke(described) ?? described, extensions ?? ExtensionList.Empty, tag ?? Public.ConfirmationTag, new LeafIndex(signer), this[signer].Signer.PrivateKey);
    }

    /// <summary>A commit that names proposals which were sent and kept before.</summary>
    public PublicMessage CommitReferences(uint committer, params ProposalRef[] references)
    {
        ImmutableArray<ProposalOrRef> proposals = [.. references.Select(reference => new ProposalByReference(reference))];
        return Frame(committer, proposals, Path(committer, proposals));
    }

    /// <summary>Sends a proposal on its own and has the public group keep it.</summary>
    public ProposalRef Propose(uint sender, Proposal proposal) => Public.Keep(Public.Verify(Frame(sender, new ProposalBody(proposal))));

    /// <summary>An Update of a member's leaf, with a change before it is signed.</summary>
    public UpdateProposal Update(uint leaf, Func<LeafNode, LeafNode>? change = null)
    {
        var index = new LeafIndex(leaf);
        var renewed = Public.Tree[index]! with { Source = LeafNodeSource.Update, EncryptionKey = Client.FreshKey(), Lifetime = default, ParentHash = default };
        return new UpdateProposal(this[leaf].Sign(change?.Invoke(renewed) ?? renewed, Id, index));
    }

    /// <summary>A member's message, signed; the tags are random bytes of the right size, which only members can tell.</summary>
    public PublicMessage Frame(uint sender, FramedBody body, Func<FramedContent, FramedContent>? change = null, SignaturePrivateKey? key = null)
    {
        var content = new FramedContent(Id, Public.Epoch, Sender.Member(new LeafIndex(sender)), Opaque.Copy("aad"u8), body);
        content = change?.Invoke(content) ?? content;
        var signed = AuthenticatedContent.Sign(Suite, WireFormat.PublicMessage, content, Public.Context, key ?? this[sender].Signer.PrivateKey);
        if (body.Type == ContentType.Commit)
            signed = signed.WithConfirmationTag(Tag());
        return new PublicMessage(signed.Content, signed.Auth, Tag());
    }

    /// <summary>Asserts that a message is refused for exactly one reason, and that the group is as it was.</summary>
    public void Refuses(MlsError error, PublicMessage message, LifetimePolicy? lifetimes = null)
    {
        Expect.Refused(error, () => Stage(message, lifetimes), Public.Serialize);
        CheckHashes();
    }

    /// <summary>The same, and the control is staged.</summary>
    public void FiresAlone(MlsError error, PublicMessage forgery, PublicMessage control, LifetimePolicy? lifetimes = null)
    {
        Expect.FiresAlone(error, () => Stage(forgery, lifetimes), () => Stage(control, lifetimes), Public.Serialize);
        CheckHashes();
    }

    public static Opaque Tag()
    {
        var tag = new byte[Suite.HashSize];
        TestRandom.Fill(tag);
        return new Opaque(tag);
    }

    private static ImmutableArray<ProposalOrRef> ByValue(Proposal[] proposals) => [.. proposals.Select(proposal => new ProposalByValue(proposal))];

    private PublicMessage Frame(uint committer, ImmutableArray<ProposalOrRef> proposals, UpdatePath? path) =>
        Frame(committer, new CommitBody(new Commit(proposals, path)));

    private StagedPublicCommit Stage(PublicMessage message, LifetimePolicy? lifetimes) => Public.Stage(Public.Verify(message), lifetimes);

    // The tree's cached hashes are not in the state: a fresh copy must agree with them.
    private void CheckHashes() => PublicGroup.Deserialize(Public.Serialize().Span).Tree.TreeHash(Suite).ShouldBe(Public.Tree.TreeHash(Suite));

    private UpdatePath Rehash(uint committer, UpdatePath path, ImmutableArray<HpkePublicKey> keys, Proposal[] proposals)
    {
        var sender = new LeafIndex(committer);
        var tree = Public.Tree.Copy();
        AppliedProposals.Apply(ProposalList.Sort(Public.Resolve(ByValue(proposals), Sender.Member(sender)), sender), tree, Public.Context);
        LeafNode? leaf = null;
        tree.MergePath(Suite, sender, tree.FilteredDirectPath(sender), keys, hash => leaf = this[committer].Sign(path.LeafNode with { ParentHash = hash }, Id, sender));
        return new UpdatePath(leaf!, [.. path.Nodes.Select((node, i) => node with { EncryptionKey = keys[i] })]);
    }

    // The path in the tree that the proposals lead to; where they lead nowhere because they are invalid, in the tree as it is.
    private UpdatePath Path(uint committer, ImmutableArray<ProposalOrRef> proposals)
    {
        var sender = new LeafIndex(committer);
        try
        {
            var tree = Public.Tree.Copy();
            var list = ProposalList.Sort(Public.Resolve(proposals, Sender.Member(sender)), sender);
            return Path(sender, tree, AppliedProposals.Apply(list, tree, Public.Context).AddedLeaves);
        }
        catch (Exception e) when (e is MlsException or InvalidOperationException or IndexOutOfRangeException)
        {
            return Path(sender, Public.Tree.Copy(), new HashSet<LeafIndex>());
        }
    }

    private UpdatePath Path(LeafIndex sender, RatchetTree tree, IReadOnlySet<LeafIndex> added)
    {
        using var known = new TreePrivateKeys(sender);
        using var path = OwnPath.Merge(tree, Suite, sender, Public.Tree[sender]!, Id, this[sender.Value].Signer, known, TestRandom.Fill);
        return path.Encrypt(tree, added, Public.Context.Encode(), TestRandom.Fill);
    }
}
