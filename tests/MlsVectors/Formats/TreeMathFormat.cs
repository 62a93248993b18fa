using System.Text.Json;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "n_leaves": uint32, "n_nodes": uint32, "root": uint32,
//   "left": [optional uint32], "right": [...], "parent": [...], "sibling": [...]    one entry a node
// }

/// <summary>tree-math: how the nodes of a tree lie to each other (appendix C).</summary>
public static class TreeMathFormat
{
    public static void Relations(JsonElement testCase)
    {
        var leafCount = testCase.Count("n_leaves");
        Agree.That(leafCount is > 0 and <= RatchetTree.MaxLeaves && TreeMath.PerfectSize(leafCount) == leafCount, "'n_leaves' is no size of a tree");
        var nodeCount = TreeMath.NodeCount(leafCount);
        var root = TreeMath.Root(leafCount);
        Agree.On(nodeCount, testCase.Count("n_nodes"), "n_nodes");
        Agree.On(root.Value, testCase.UInt32("root"), "root");
        Relation("left", node => node.IsLeaf ? null : node.Left);
        Relation("right", node => node.IsLeaf ? null : node.Right);
        Relation("parent", node => node == root ? null : node.Parent);
        Relation("sibling", node => node == root ? null : node.Sibling);

        void Relation(string name, Func<NodeIndex, NodeIndex?> relation)
        {
            var expected = testCase.List(name);
            Agree.On(nodeCount, expected.Length, $"entries of '{name}'");
            for (var i = 0; i < nodeCount; i++)
                Agree.On(relation(new NodeIndex((uint)i))?.Value, expected[i].ValueKind == JsonValueKind.Null ? null : expected[i].AsUInt32(name), $"{name} of node {i}");
        }
    }
}
