using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// { "cipher_suite": uint16, "tree", "group_id", "resolutions": [[uint32]], "tree_hashes": [hex] }    one entry a node

/// <summary>tree-validation: a tree's hashes and resolutions, parent hashes and leaf signatures (§4.1.1, §7.8, §7.9, §7.3).</summary>
public static class TreeValidationFormat
{
    public static void Tree(JsonElement testCase, CipherSuite suite)
    {
        var tree = testCase.Decoded<RatchetTree>("tree");
        Agree.On(Tls.Encode(tree), testCase.Bytes("tree"), "tree, encoded again");

        var hashes = testCase.List("tree_hashes");
        var resolutions = testCase.List("resolutions");
        var nodeCount = TreeMath.NodeCount(tree.LeafCount);
        Agree.On(nodeCount, hashes.Length, "entries of 'tree_hashes'");
        Agree.On(nodeCount, resolutions.Length, "entries of 'resolutions'");
        for (var i = 0; i < nodeCount; i++)
        {
            var node = new NodeIndex((uint)i);
            Agree.On(tree.TreeHash(suite, node), hashes[i].AsBytes("tree_hashes"), $"tree hash of node {i}");
            Agree.That(resolutions[i].ValueKind == JsonValueKind.Array, $"the resolution of node {i} is no array");
            Agree.On([.. tree.Resolution(node).Select(entry => entry.Value)],
                [.. resolutions[i].EnumerateArray().Select(entry => entry.AsUInt32("resolutions"))], $"resolution of node {i}");
        }

        CheckTree(tree, suite, testCase.Bytes("group_id"));
    }

    /// <summary>What must hold for a tree by itself. What a group asks of its leaves is another matter: some of the official trees' leaves list other suites than their own.</summary>
    internal static void CheckTree(RatchetTree tree, CipherSuite suite, Opaque groupId)
    {
        TreeValidation.CheckUnmergedLeaves(tree);
        TreeValidation.CheckParentHashes(tree, suite);
        TreeValidation.CheckKeysAndSignatures(tree, suite, groupId);
    }
}
