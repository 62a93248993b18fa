using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>What a member can sign: the bytes are changed first and signed after, so that the checks behind the signatures are reached.</summary>
internal static class Insiders
{
    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["signed-content"] = SignedContent,
        ["signed-path"] = SignedPath,
        ["signed-path-leaf"] = SignedPathLeaf,
        ["signed-update"] = SignedUpdate,
        ["signed-key-package"] = SignedKeyPackage,
        ["signed-group-info"] = SignedGroupInfo,
        ["signed-tree"] = SignedTree,
    };

    /// <summary>A FramedContent of Alice's.</summary>
    private static MemberTarget SignedContent(FuzzGroup group)
    {
        FramedBody[] bodies = [new CommitBody(Corpus.Commit(group)), .. group.Proposals().Select(proposal => new ProposalBody(proposal))];
        return new MemberTarget(group, Corpus.Encode(bodies.Select(group.Content)), bytes =>
            Give(group, group.Frame(Tls.Decode<FramedContent>(bytes), group.PendingMessage.Auth.ConfirmationTag)));
    }

    /// <summary>The path of Alice's commit.</summary>
    private static MemberTarget SignedPath(FuzzGroup group)
    {
        return new MemberTarget(group, Corpus.Encode([Corpus.Commit(group).Path!]), bytes => GivePath(group, Tls.Decode<UpdatePath>(bytes)));
    }

    /// <summary>The leaf in that path, signed for its place.</summary>
    private static MemberTarget SignedPathLeaf(FuzzGroup group)
    {
        var path = Corpus.Commit(group).Path!;
        return new MemberTarget(group, Corpus.Encode([path.LeafNode]), bytes =>
        {
            var leaf = LeafNodeTbs.Sign(Tls.Decode<LeafNode>(bytes), FuzzGroup.Suite, group.Alice.Signer.PrivateKey, group.Context.GroupId, group.Alice.Group.OwnLeaf);
            GivePath(group, path with { LeafNode = leaf });
        });
    }

    /// <summary>An Update of Alice's leaf, signed for its place, which a commit of Bob's names.</summary>
    private static ObserverInsider SignedUpdate(FuzzGroup group)
    {
        var alice = group.Alice.Group.OwnLeaf;
        var renewed = group.Alice.Group.Public.Tree[alice]! with { Source = LeafNodeSource.Update, EncryptionKey = group.Joiner.Bundle.KeyPackage.InitKey, Lifetime = default, ParentHash = default };
        return new ObserverInsider(group, Corpus.Encode([renewed]), (observer, bytes) =>
        {
            var leaf = LeafNodeTbs.Sign(Tls.Decode<LeafNode>(bytes), FuzzGroup.Suite, group.Alice.Signer.PrivateKey, group.Context.GroupId, alice);
            var reference = observer.Keep(observer.Verify(OverTheWire(group.Frame(group.Content(new ProposalBody(new UpdateProposal(leaf))), null))));

            // The path of a commit that has this Update and nothing else.
            var (bob, tree) = (group.Bob, observer.Tree.Copy());
            tree.UpdateLeaf(alice, leaf);
            using var known = new TreePrivateKeys(bob.Group.OwnLeaf);
            using var path = OwnPath.Merge(tree, FuzzGroup.Suite, bob.Group.OwnLeaf, tree[bob.Group.OwnLeaf]!, group.Context.GroupId, bob.Signer, known, group.Random.Fill);
            var commit = new Commit([new ProposalByReference(reference)], path.Encrypt(tree, new HashSet<LeafIndex>(), group.Context.Encode(), group.Random.Fill));
            var content = group.Content(new CommitBody(commit)) with { Sender = Sender.Member(bob.Group.OwnLeaf) };
            observer.Stage(observer.Verify(group.Frame(content, group.PendingMessage.Auth.ConfirmationTag, bob)));
        });
    }

    /// <summary>A key package of the joiner's, its leaf and itself signed, in an Add.</summary>
    private static ObserverInsider SignedKeyPackage(FuzzGroup group)
    {
        return new ObserverInsider(group, Corpus.Encode([group.Joiner.Bundle.KeyPackage]), (observer, bytes) =>
        {
            var changed = Tls.Decode<KeyPackage>(bytes);
            var leaf = LeafNodeTbs.Sign(changed.LeafNode, FuzzGroup.Suite, group.Joiner.Signer.PrivateKey, Opaque.Empty, default);
            var signed = (changed with { LeafNode = leaf }).Sign(FuzzGroup.Suite, group.Joiner.Signer.PrivateKey);
            var commit = new Commit([new ProposalByValue(new AddProposal(signed))], null);
            observer.Stage(observer.Verify(OverTheWire(group.Frame(group.Content(new CommitBody(commit)), group.PendingMessage.Auth.ConfirmationTag))));
        });
    }

    /// <summary>A GroupInfo of Alice's.</summary>
    private static StatelessTarget SignedGroupInfo(FuzzGroup group)
    {
        return new StatelessTarget(group, Corpus.Encode([group.Pending.GroupInfo]), bytes =>
            PublicGroup.FromGroupInfo(OverTheWire(Sign(group, Tls.Decode<GroupInfo>(bytes)))));
    }

    /// <summary>A tree whose hash a GroupInfo of Alice's has; each leaf is signed for its place by whom its key belongs to.</summary>
    private static StatelessTarget SignedTree(FuzzGroup group)
    {
        var bare = group.Pending.GroupInfo with { Extensions = ExtensionList.Empty, GroupContext = group.Context };
        return new StatelessTarget(group, Corpus.Encode([group.Alice.Group.Public.Tree]), bytes =>
        {
            var tree = Tls.Decode<RatchetTree>(SignLeaves(group, bytes));
            var context = bare.GroupContext with { TreeHash = tree.TreeHash(FuzzGroup.Suite) };
            PublicGroup.FromGroupInfo(Sign(group, bare with { GroupContext = context }), tree);
        });
    }

    private static byte[] SignLeaves(FuzzGroup group, byte[] tree)
    {
        var reader = new TlsReader(tree);
        var nodes = reader.ReadVectorReader();
        using var writer = new TlsWriter();
        var start = writer.BeginVector();
        for (uint index = 0; nodes.Remaining > 0; index++)
        {
            var isFilled = nodes.ReadPresence();
            writer.WritePresence(isFilled);
            if (!isFilled)
                continue;
            var node = Node.ReadFrom(ref nodes);
            if (node.Leaf is { } leaf && group.Owner(leaf.SignatureKey) is { } owner)
                node = new Node(LeafNodeTbs.Sign(leaf, FuzzGroup.Suite, owner.Signer.PrivateKey, group.Context.GroupId, new LeafIndex(index / 2)), null);
            writer.Write(node);
        }
        writer.EndVector(start);
        reader.ExpectEnd();
        return writer.WrittenSpan.ToArray();
    }

    public static GroupInfo Sign(FuzzGroup group, GroupInfo changed) =>
        GroupInfo.Sign(FuzzGroup.Suite, changed.GroupContext, changed.Extensions, changed.ConfirmationTag, changed.Signer, group.Alice.Signer.PrivateKey);

    public static void GivePath(FuzzGroup group, UpdatePath path) =>
        Give(group, group.Frame(group.Content(new CommitBody(Corpus.Commit(group) with { Path = path })), group.PendingMessage.Auth.ConfirmationTag));

    private static void Give(FuzzGroup group, PublicMessage message) => Members.Take(group, OverTheWire(new MlsMessage(message)));

    private static T OverTheWire<T>(T message) where T : IWireStruct<T> => Tls.Decode<T>(Tls.Encode(message));
}
