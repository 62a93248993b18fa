using System.Numerics;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Crypto;

public sealed class EdwardsCurveTests
{
    [Fact]
    public void Windows_add_up_to_their_scalar()
    {
        var random = new Random(11);
        var bytes = new byte[57];
        for (var i = 0; i < 300; i++)
        {
            var width = 3 + i % 5;
            random.NextBytes(bytes);
            var scalar = new BigInteger(bytes.AsSpan(0, i % bytes.Length), isUnsigned: true);
            Check(scalar, width);
        }
        foreach (var width in new[] { 3, 5, 7 })
        {
            for (var scalar = 0; scalar < 300; scalar++)
                Check(scalar, width);
            Check(BigInteger.Pow(2, 448) - 1, width);
        }

        static void Check(BigInteger scalar, int width)
        {
            var windows = new SignedWindows(scalar, width);
            var sum = BigInteger.Zero;
            for (var place = windows.Length; place >= 0; place--)
            {
                sum = 2 * sum + windows[place];
                if (windows[place] != 0)
                {
                    (windows[place] & 1).ShouldBe(1);
                    Math.Abs(windows[place]).ShouldBeLessThan(1 << (width - 1));
                }
            }
            sum.ShouldBe(scalar);
        }
    }

    [Fact]
    public void Random_signatures_of_Ed448_verify_and_changed_ones_do_not()
    {
        for (var i = 0; i < 40; i++)
        {
            using var pair = Ed448.Instance.Generate(TestRandom.Fill);
            var message = new byte[i * 7];
            TestRandom.Fill(message);
            var signature = Ed448.Instance.Sign(pair.PrivateKey, message).Span.ToArray();
            Ed448.Instance.Verify(pair.PublicKey, message, signature).ShouldBeTrue();
            signature[i * 113 / 40] ^= 1;
            Ed448.Instance.Verify(pair.PublicKey, message, signature).ShouldBeFalse();
        }
    }
}
