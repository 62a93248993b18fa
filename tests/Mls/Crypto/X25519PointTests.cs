using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tests.PublicGroups;

namespace Skytale.Mls.Tests.Crypto;

public sealed class X25519PointTests
{
    [Fact]
    public void Points_of_small_order_are_refused_by_the_table_and_by_multiplication_alike()
    {
        var scalar = new byte[32];
        TestRandom.Fill(scalar);
        foreach (var small in X25519Points.SmallOrder)
        {
            foreach (var topBit in new byte[] { 0, 0x80 })
            {
                var point = small.ToArray();
                point[31] |= topBit;
                X25519Points.IsValid(point).ShouldBeFalse();
                Curve25519.X25519.TryAgree(new byte[32], scalar, point).ShouldBeFalse(Convert.ToHexString(point));
                Expect.Refused(MlsError.InvalidPublicKey, () => Client.Suite.EncryptWithLabel(new HpkePublicKey(Opaque.Copy(point)), "label"u8, [], [], TestRandom.Fill));
            }
        }
    }

    [Fact]
    public void Other_points_are_taken_by_the_table_and_by_multiplication_alike()
    {
        var scalar = new byte[32];
        var point = new byte[32];
        for (var i = 0; i < 200; i++)
        {
            TestRandom.Fill(scalar);
            TestRandom.Fill(point);
            X25519Points.IsValid(point).ShouldBeTrue();
            Curve25519.X25519.TryAgree(new byte[32], scalar, point).ShouldBeTrue();
        }

        // Beside the small ones: 2 and p + 2, which is 2 again.
        X25519Points.IsValid([2, .. new byte[31]]).ShouldBeTrue();
        X25519Points.IsValid([.. X25519Points.SmallOrder[6].Span[..1].ToArray().Select(low => (byte)(low + 1)), .. X25519Points.SmallOrder[6].Span[1..].ToArray()]).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Other_sizes_are_no_points(int size)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill(9);
        X25519Points.IsValid(bytes).ShouldBeFalse();
    }
}
