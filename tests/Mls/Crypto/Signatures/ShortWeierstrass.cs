using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>The curve y^2 = x^3 - 3 x + b of an ECDSA scheme (SP 800-186 §3.2.1), in affine coordinates over plain integers.</summary>
internal sealed class ShortWeierstrass
{
    public static readonly ShortWeierstrass P256 = new()
    {
        P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1,
        B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
        N = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
        BaseX = Hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        BaseIsOdd = true,
        Size = 32,
        Hash = SHA256.HashData,
    };

    public static readonly ShortWeierstrass P384 = new()
    {
        P = BigInteger.Pow(2, 384) - BigInteger.Pow(2, 128) - BigInteger.Pow(2, 96) + BigInteger.Pow(2, 32) - 1,
        B = Hex("b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"),
        N = Hex("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"),
        BaseX = Hex("aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"),
        BaseIsOdd = true,
        Size = 48,
        Hash = SHA384.HashData,
    };

    public static readonly ShortWeierstrass P521 = new()
    {
        P = BigInteger.Pow(2, 521) - 1,
        B = Hex("51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00"),
        N = Hex("1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
        BaseX = Hex("c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66"),
        BaseIsOdd = false,
        Size = 66,
        Hash = SHA512.HashData,
    };

    public required BigInteger P { get; init; }
    public required BigInteger B { get; init; }
    public required BigInteger N { get; init; }
    public required BigInteger BaseX { get; init; }
    public required bool BaseIsOdd { get; init; }

    /// <summary>Bytes of a coordinate.</summary>
    public required int Size { get; init; }

    public required Func<byte[], byte[]> Hash { get; init; }

    public Point Base => PointOf(BaseX, BaseIsOdd)!.Value;

    /// <summary>The hash's leftmost bits, as many as n has; every scheme's hash has no more.</summary>
    public BigInteger Digest(byte[] message) => new(Hash(message), isUnsigned: true, isBigEndian: true);

    /// <summary>r and s of a message, by a secret and a nonce.</summary>
    public (BigInteger R, BigInteger S) Sign(BigInteger secret, BigInteger nonce, byte[] message)
    {
        var r = Multiply(nonce, Base).X % N;
        return (r, BigInteger.ModPow(nonce, N - 2, N) * (Digest(message) + r * secret) % N);
    }

    public Point Multiply(BigInteger scalar, Point point)
    {
        Point? result = null;
        for (var i = (int)scalar.GetBitLength() - 1; i >= 0; i--)
        {
            if (result is { } doubled)
                result = Add(doubled, doubled);
            if (!((scalar >> i) & 1).IsZero)
                result = result is { } sum ? Add(sum, point) : point;
        }
        return result!.Value;
    }

    public Point? PointOf(BigInteger x, bool odd)
    {
        var square = Mod(x * x * x - 3 * x + B);
        var y = BigInteger.ModPow(square, (P + 1) / 4, P);
        if (y * y % P != square)
            return null;
        return new Point(x, y.IsEven == odd ? P - y : y);
    }

    /// <summary>The sum of two points that are not each other's negative: no multiple of the base here comes to infinity.</summary>
    public Point Add(Point p, Point q)
    {
        var slope = p == q ? (3 * p.X * p.X - 3) * Inverse(2 * p.Y) : (q.Y - p.Y) * Inverse(q.X - p.X);
        var x = Mod(slope * slope - p.X - q.X);
        return new Point(x, Mod(slope * (p.X - x) - p.Y));
    }

    private BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private BigInteger Mod(BigInteger value) => (value % P + P) % P;

    private static BigInteger Hex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public readonly record struct Point(BigInteger X, BigInteger Y);
}
