using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tests.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Tree;

public sealed class TreesOnTheWire
{
    [Fact]
    public void A_tree_without_nodes_is_refused() =>
        Expect.Refused(MlsError.MalformedTree, () => Tls.Decode<RatchetTree>(WireTree.Encode([])));

    [Fact]
    [Fault(15)]
    public void A_tree_that_ends_in_a_blank_is_refused()
    {
        var tree = ForgedGroup.Of(3).Public.Tree;
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes.Add(null)));
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes.AddRange([null, null])));
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes[^1] = null));
    }

    [Fact]
    public void A_tree_that_ends_in_a_parent_is_refused()
    {
        var tree = ForgedGroup.Of(4, 0).Public.Tree;
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes.RemoveRange(4, 3)));
    }

    [Fact]
    public void A_node_of_the_wrong_kind_for_its_place_is_refused()
    {
        var tree = ForgedGroup.Of(4, 0).Public.Tree;
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes[1] = nodes[0]));
        Expect.Refused(MlsError.MalformedTree, () => tree.With(nodes => nodes[2] = nodes[3]));
    }

    [Fact]
    public void A_leaf_number_beyond_the_largest_is_refused()
    {
        var tree = ForgedGroup.Of(4, 0).Public.Tree;
        Expect.Refused(MlsError.IndexOutOfRange, () => tree.WithParent(3, parent => parent with { UnmergedLeaves = [new LeafIndex(LeafIndex.Max + 1)] }));
        Expect.Refused(MlsError.IndexOutOfRange, () => tree.WithParent(3, parent => parent with { UnmergedLeaves = [new LeafIndex(uint.MaxValue)] }));
    }

    [Fact]
    public void Unknown_kinds_of_nodes_sources_and_presence_are_refused()
    {
        var bytes = Tls.Encode(ForgedGroup.Of(1).Public.Tree).Span.ToArray();

        // 2 bytes of length, the presence octet, the node_type.
        Expect.Refused(MlsError.InvalidPresence, () => Tls.Decode<RatchetTree>([.. bytes.AsSpan(0, 2), 2, .. bytes.AsSpan(3)]));
        Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<RatchetTree>([.. bytes.AsSpan(0, 3), 3, .. bytes.AsSpan(4)]));

        using var writer = new TlsWriter();
        writer.Write(new Client("of no source").KeyPackage.LeafNode with { Source = (LeafNodeSource)4 });
        Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<LeafNode>(writer.WrittenSpan));
    }

    [Fact]
    public void Lists_of_capabilities_have_a_bound()
    {
        var many = Capabilities.Basic(Client.Suite.Id) with { Extensions = [.. Enumerable.Range(0, Capabilities.MaxListed).Select(i => (ExtensionType)(0xf000 + i))] };
        Tls.Decode<Capabilities>(Tls.Encode(many)).ShouldBe(many);
        var more = many with { Extensions = many.Extensions.Add((ExtensionType)0xff00) };
        Expect.Refused(MlsError.TooLarge, () => Tls.Decode<Capabilities>(Tls.Encode(more)));
        Expect.Refused(MlsError.TooLarge, () => Tls.Decode<RequiredCapabilities>(Tls.Encode(new RequiredCapabilities(more.Extensions, [], []))));
    }

    [Fact]
    public void Every_truncation_of_a_tree_is_refused()
    {
        var bytes = Tls.Encode(ForgedGroup.Of(2, 0).Public.Tree);
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<MlsException>(() => Tls.Decode<RatchetTree>(bytes.Span[..length]), $"{length} bytes");
    }
}
