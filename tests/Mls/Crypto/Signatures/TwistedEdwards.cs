using System.Numerics;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>
/// The curve a x^2 + y^2 = 1 + d x^2 y^2 of an EdDSA instance (RFC 8032 §5.1, §5.2), in affine coordinates over plain
/// integers: slow, simple, and written from the RFC alone, so that it shares no fault with a backend.
/// </summary>
internal sealed class TwistedEdwards
{
    public static readonly TwistedEdwards Ed25519 = new()
    {
        P = BigInteger.Pow(2, 255) - 19,
        L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493"),
        A = -1,
        D = BigInteger.Parse("37095705934669439343138083508754565189542113879843219016388785533085940283555"),
        Cofactor = 8,
        Size = 32,
        BaseY = BigInteger.Parse("46316835694926478169428394003475163141307993866256225615783033603165251855960"),
        Hash = (bytes, _) => SHA512.HashData(bytes),
    };

    public static readonly TwistedEdwards Ed448 = new()
    {
        P = BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1,
        L = BigInteger.Pow(2, 446) - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885"),
        A = 1,
        D = -39081,
        Cofactor = 4,
        Size = 57,
        BaseY = BigInteger.Parse("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660"),

        // dom4(0, "") || the rest, by SHAKE256 into 114 bytes.
        Hash = (bytes, size) =>
        {
            var shake = new ShakeDigest(256);
            byte[] all = [.. "SigEd448"u8, 0, 0, .. bytes];
            shake.BlockUpdate(all, 0, all.Length);
            var hash = new byte[2 * size];
            shake.OutputFinal(hash, 0, hash.Length);
            return hash;
        },
    };

    public required BigInteger P { get; init; }
    public required BigInteger L { get; init; }
    public required BigInteger A { get; init; }
    public required BigInteger D { get; init; }
    public required int Cofactor { get; init; }

    /// <summary>Bytes of an encoded point, and of a scalar.</summary>
    public required int Size { get; init; }


    /// <summary>The base point's y; its x is even on both curves.</summary>
    public required BigInteger BaseY { get; init; }

    public required Func<byte[], int, byte[]> Hash { get; init; }

    public Point Base => PointOf(BaseY, odd: false)!.Value;

    public static Point Neutral => new(0, 1);

    /// <summary>The points of small order: the multiples of one that has the cofactor as its order.</summary>
    public Point[] SmallOrder()
    {
        for (var y = BigInteger.Zero; ; y++)
        {
            if (PointOf(y, odd: false) is not { } point)
                continue;
            var generator = Multiply(L, point);
            var multiples = Enumerable.Range(0, Cofactor).Select(i => Multiply(i, generator)).ToArray();
            if (multiples.Distinct().Count() == Cofactor)
                return multiples;
        }
    }

    /// <summary>k = H(R || A || M) mod L, of the encodings as they are sent.</summary>
    public BigInteger Challenge(byte[] r, byte[] a, byte[] message) =>
        new BigInteger(Hash([.. r, .. a, .. message], Size), isUnsigned: true) % L;

    public Point Add(Point p, Point q)
    {
        var product = D * p.X * q.X * p.Y * q.Y;
        return new Point(
            Mod((p.X * q.Y + p.Y * q.X) * Inverse(1 + product)),
            Mod((p.Y * q.Y - A * p.X * q.X) * Inverse(1 - product)));
    }

    public Point Multiply(BigInteger scalar, Point point)
    {
        var result = Neutral;
        for (var i = (int)scalar.GetBitLength() - 1; i >= 0; i--)
        {
            result = Add(result, result);
            if (!((scalar >> i) & 1).IsZero)
                result = Add(result, point);
        }
        return result;
    }

    public byte[] Encode(Point point) => Encode(point.Y, !point.X.IsEven);

    /// <summary>Any number below 2^(8 Size - 1) with any sign bit, whether or not that is a point's encoding.</summary>
    public byte[] Encode(BigInteger y, bool odd)
    {
        var bytes = Scalar(y);
        bytes[^1] |= (byte)(odd ? 0x80 : 0);
        return bytes;
    }

    /// <summary>Little-endian, in the size of a scalar.</summary>
    public byte[] Scalar(BigInteger value)
    {
        var bytes = new byte[Size];
        value.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
        return bytes;
    }

    /// <summary>The point of a y-coordinate, if there is one.</summary>
    public Point? PointOf(BigInteger y, bool odd)
    {
        var square = Mod((1 - y * y) * Inverse(A - D * y * y));

        // p = 5 (mod 8): a root is s^((p+3)/8), or that times the root of -1; p = 3 (mod 4): s^((p+1)/4).
        var root = P % 4 == 3 ? BigInteger.ModPow(square, (P + 1) / 4, P) : BigInteger.ModPow(square, (P + 3) / 8, P);
        if (root * root % P != square)
            root = root * BigInteger.ModPow(2, (P - 1) / 4, P) % P;
        if (root * root % P != square || (root.IsZero && odd))
            return null;
        return new Point(root.IsEven == odd ? P - root : root, Mod(y));
    }

    private BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private BigInteger Mod(BigInteger value) => (value % P + P) % P;

    public readonly record struct Point(BigInteger X, BigInteger Y);
}
