using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Bounds;

public sealed class TreeBounds
{
    [Fact]
    public void The_largest_leaf_has_a_node_index_and_a_larger_one_is_refused()
    {
        NodeIndex.Of(new LeafIndex(LeafIndex.Max)).Value.ShouldBe(2 * LeafIndex.Max);
        (2L * LeafIndex.Max).ShouldBeLessThan(int.MaxValue);
        NodeIndex.Of(new LeafIndex(LeafIndex.Max)).Leaf.Value.ShouldBe(LeafIndex.Max);
        LeafIndex.FromWire(LeafIndex.Max).Value.ShouldBe(LeafIndex.Max);
        foreach (var value in new[] { LeafIndex.Max + 1, 1u << 31, uint.MaxValue - 1, uint.MaxValue })
        {
            Expect.Refused(MlsError.IndexOutOfRange, () => LeafIndex.FromWire(value));
            Expect.Refused(MlsError.IndexOutOfRange, () => Tls.Decode<Sender>([1, .. BigEndian(value)]));
        }
    }

    [Fact]
    public void A_remove_of_any_leaf_number_is_refused_and_nothing_overflows()
    {
        using var group = TestGroup.OfThree();
        foreach (var value in new[] { 3u, 4u, LeafIndex.Max, LeafIndex.Max + 1, 1u << 31, (1u << 31) + 1, uint.MaxValue })
        {
            var request = new Mls.Groups.CommitRequest { Proposals = [new RemoveProposal(new LeafIndex(value))] };
            group[0].Refuses(MlsError.BlankLeafProposal, state => state.Commit(request, TestRandom.Fill));
        }
    }

    [Fact]
    public void A_tree_of_more_leaves_than_the_limit_is_refused_at_the_first_one_beyond()
    {
        // Blank nodes are a byte each: the cheapest tree to send.
        var leaf = Tls.Encode(new Node(Leaf(), null)).Span;
        Expect.Refused(MlsError.TooLarge, () => Tls.Decode<RatchetTree>(Blanks(2 * RatchetTree.MaxLeaves + 1_000_000)));
        var largest = Tls.Decode<RatchetTree>(Blanks(2 * RatchetTree.MaxLeaves - 2, [1, .. leaf]));
        largest.LeafCount.ShouldBe(RatchetTree.MaxLeaves);
        largest[new LeafIndex(RatchetTree.MaxLeaves - 1)].ShouldNotBeNull();
        var one = (byte[])[1, .. leaf];
        Expect.Refused(MlsError.TooLarge, () => Tls.Decode<RatchetTree>(Blanks(2 * RatchetTree.MaxLeaves, one)));
    }

    private static LeafNode Leaf()
    {
        using var member = new Member(TestGroup.Suite, "member");
        using var bundle = member.NewBundle();
        return bundle.KeyPackage.LeafNode;
    }

    private static Opaque Blanks(int count, params byte[] last)
    {
        using var writer = new TlsWriter();
        writer.WriteLength(count + last.Length);
        writer.WriteZeros(count);
        writer.WriteFixed(last);
        return writer.ToOpaque();
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
