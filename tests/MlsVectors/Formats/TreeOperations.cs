using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "tree_before", "proposal", "proposal_sender": uint32,
//   "tree_hash_before", "tree_after", "tree_hash_after"
// }

/// <summary>tree-operations: what an Add, Update or Remove does to a tree (§7.7, §12.1).</summary>
public static class TreeOperations
{
    public static void Apply(JsonElement testCase, CipherSuite suite)
    {
        var tree = testCase.Decoded<RatchetTree>("tree_before");
        Agree.On(Tls.Encode(tree), testCase.Bytes("tree_before"), "tree_before, encoded again");
        Agree.On(tree.TreeHash(suite), testCase.Bytes("tree_hash_before"), "tree_hash_before");

        CheckKeys(tree, suite);

        var sender = new LeafIndex(testCase.UInt32("proposal_sender"));
        Agree.That(tree[sender] is not null, $"'proposal_sender' {sender} is no member");
        switch (testCase.Decoded<Proposal>("proposal"))
        {
            case AddProposal add:
                CheckSigned(add.KeyPackage, suite);
                tree.AddLeaf(add.KeyPackage.LeafNode);
                break;
            case UpdateProposal update:
                tree.UpdateLeaf(sender, update.LeafNode);
                break;
            case RemoveProposal remove:
                Agree.That(tree[remove.Removed] is not null, $"leaf {remove.Removed}, which is removed, is no member");
                tree.RemoveLeaf(remove.Removed);
                break;
            case var other:
                throw new VectorException($"a proposal of type {other.Type} is no operation on a tree");
        }

        Agree.On(Tls.Encode(tree), testCase.Bytes("tree_after"), "tree_after");
        Agree.On(tree.TreeHash(suite), testCase.Bytes("tree_hash_after"), "tree_hash_after");
    }

    // Of a KeyPackage only the leaf comes into the tree: the rest is covered by its signature.
    private static void CheckSigned(KeyPackage keyPackage, CipherSuite suite)
    {
        Agree.On(keyPackage.CipherSuite, suite.Id, "the KeyPackage's cipher suite");
        Agree.That(keyPackage.VerifySignature(suite), "the signature of the KeyPackage does not verify");
        Agree.That(LeafNodeTbs.Verify(keyPackage.LeafNode, suite, Opaque.Empty, default), "the signature of the KeyPackage's leaf does not verify");
    }

    // The format has no group_id, under which some leaves are signed; that the keys are the suite's can be seen.
    private static void CheckKeys(RatchetTree tree, CipherSuite suite)
    {
        foreach (var (index, leaf) in tree.Leaves)
            Agree.That(suite.IsValidPublicKey(leaf.EncryptionKey.Value) && suite.Signature.IsValidPublicKey(leaf.SignatureKey.Value.Span), $"leaf {index} has a key of another suite");
        foreach (var (index, parent) in tree.Parents)
            Agree.That(suite.IsValidPublicKey(parent.EncryptionKey.Value), $"node {index} has a key of another suite");
    }
}
