using System.Text.Json;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeMathVectors
{
    [Fact]
    public void Relations_between_nodes_match_the_vectors() => VectorFile.Open("tree-math").ForEach(testCase =>
    {
        var leafCount = testCase.Number("n_leaves");
        var root = TreeMath.Root(leafCount);
        TreeMath.NodeCount(leafCount).ShouldBe(testCase.Number("n_nodes"));
        root.Value.ShouldBe(testCase.UInt32("root"));
        for (var i = 0; i < TreeMath.NodeCount(leafCount); i++)
        {
            var node = new NodeIndex((uint)i);
            (node.IsLeaf ? default(uint?) : node.Left.Value).ShouldBe(Expected("left", i), $"left of {i}");
            (node.IsLeaf ? default(uint?) : node.Right.Value).ShouldBe(Expected("right", i), $"right of {i}");
            (node == root ? default(uint?) : node.Parent.Value).ShouldBe(Expected("parent", i), $"parent of {i}");
            (node == root ? default(uint?) : node.Sibling.Value).ShouldBe(Expected("sibling", i), $"sibling of {i}");
        }

        uint? Expected(string relation, int node) => testCase.GetProperty(relation)[node] is { ValueKind: JsonValueKind.Number } number ? number.GetUInt32() : null;
    });
}
