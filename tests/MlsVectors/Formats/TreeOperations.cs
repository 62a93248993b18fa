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

        var sender = new LeafIndex(testCase.UInt32("proposal_sender"));
        Agree.That(tree[sender] is not null, $"'proposal_sender' {sender} is no member");
        switch (testCase.Decoded<Proposal>("proposal"))
        {
            case AddProposal add:
                ValidatedKeyPackage.Check(add.KeyPackage, suite, LifetimePolicy.Unchecked);
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
}
