using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeValidationVectors
{
    [Fact]
    public void Hashes_and_resolutions_match_and_the_trees_are_valid() => VectorFile.Open("tree-validation").ForEachSuite((testCase, suite) =>
    {
        var bytes = testCase.Bytes("tree");
        var tree = Tls.Decode<RatchetTree>(bytes);
        Tls.Encode(tree).ShouldBe(bytes);

        var hashes = testCase.List("tree_hashes").ToArray();
        var resolutions = testCase.List("resolutions").ToArray();
        hashes.Length.ShouldBe(TreeMath.NodeCount(tree.LeafCount));
        for (var i = 0; i < hashes.Length; i++)
        {
            var node = new NodeIndex((uint)i);
            tree.TreeHash(suite, node).ShouldBe(hashes[i].Bytes(), $"tree hash of node {i}");
            tree.Resolution(node).Select(entry => entry.Value).ShouldBe(resolutions[i].EnumerateArray().Select(entry => entry.GetUInt32()), $"resolution of node {i}");
        }

        TreeValidation.CheckAll(tree, suite, testCase.Bytes("group_id"), ExtensionList.Empty, LifetimePolicy.Unchecked);
    });
}
