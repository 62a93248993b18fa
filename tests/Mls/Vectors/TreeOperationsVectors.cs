using Skytale.Mls.Codec;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeOperationsVectors
{
    [Fact]
    public void Adds_updates_and_removes_lead_to_the_trees_of_the_vectors() => VectorFile.Open("tree-operations").ForEachSuite((testCase, suite) =>
    {
        var tree = Tls.Decode<RatchetTree>(testCase.Bytes("tree_before"));
        tree.TreeHash(suite).ShouldBe(testCase.Bytes("tree_hash_before"));

        switch (Tls.Decode<Proposal>(testCase.Bytes("proposal")))
        {
            case AddProposal add:
                tree.AddLeaf(add.KeyPackage.LeafNode);
                break;
            case UpdateProposal update:
                tree.UpdateLeaf(new LeafIndex(testCase.UInt32("proposal_sender")), update.LeafNode);
                break;
            case RemoveProposal remove:
                tree.RemoveLeaf(remove.Removed);
                break;
            case var other:
                throw new InvalidOperationException($"the vectors have no {other.Type}");
        }

        Tls.Encode(tree).ShouldBe(testCase.Bytes("tree_after"));
        tree.TreeHash(suite).ShouldBe(testCase.Bytes("tree_hash_after"));
    });
}
