using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

public sealed class X448PointTests
{
    private static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448);

    [Fact]
    public void Points_of_small_order_are_refused_by_the_table_and_by_multiplication_alike()
    {
        var scalar = new byte[X448Points.Size];
        TestRandom.Fill(scalar);
        foreach (var small in X448Points.SmallOrder)
        {
            X448Points.IsValid(small.Span).ShouldBeFalse();
            BouncyX448.Instance.TryAgree(new byte[X448Points.Size], scalar, small.Span).ShouldBeFalse(Convert.ToHexString(small.Span));
            Expect.Refused(MlsError.InvalidPublicKey, () => Suite.EncryptWithLabel(new HpkePublicKey(new Opaque(small)), "label"u8, [], [], TestRandom.Fill));
        }
    }

    [Fact]
    public void Other_points_are_taken_by_the_table_and_by_multiplication_alike()
    {
        var scalar = new byte[X448Points.Size];
        var point = new byte[X448Points.Size];
        for (var i = 0; i < 100; i++)
        {
            TestRandom.Fill(scalar);
            TestRandom.Fill(point);
            X448Points.IsValid(point).ShouldBeTrue();
            BouncyX448.Instance.TryAgree(new byte[X448Points.Size], scalar, point).ShouldBeTrue();
        }

        // Beside the small ones: 2, p - 2 and p + 2, which is 2 again.
        foreach (var (index, step) in new[] { (1, 1), (2, -1), (4, 1) })
        {
            var near = X448Points.SmallOrder[index].ToArray();
            near[0] = (byte)(near[0] + step);
            X448Points.IsValid(near).ShouldBeTrue();
            BouncyX448.Instance.TryAgree(new byte[X448Points.Size], scalar, near).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(55)]
    [InlineData(57)]
    public void Other_sizes_are_no_points(int size)
    {
        var bytes = new byte[size];
        bytes.AsSpan().Fill(9);
        X448Points.IsValid(bytes).ShouldBeFalse();
        Expect.Refused(MlsError.InvalidPublicKey, () => Suite.EncryptWithLabel(new HpkePublicKey(new Opaque(bytes)), "label"u8, [], [], TestRandom.Fill));
    }
}
