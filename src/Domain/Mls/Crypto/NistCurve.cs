using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Skytale.Mls.Crypto;

/// <summary>
/// One of the curves P-256, P-384 and P-521 (SP 800-186 §3.2.1): y^2 = x^3 - 3x + b over the integers modulo p, with a
/// base point of prime order n and cofactor 1. Which bytes are a key is decided here, alike on every platform.
/// </summary>
internal sealed class NistCurve
{
    public static readonly NistCurve P256 = new(
        ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, 256,
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    public static readonly NistCurve P384 = new(
        ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, 384,
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    public static readonly NistCurve P521 = new(
        ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512, 521,
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409");

    private const byte Uncompressed = 0x04;

    private readonly BigInteger _p;
    private readonly BigInteger _b;
    private readonly byte[] _order;

    private NistCurve(ECCurve curve, HashAlgorithmName hash, int bits, string p, string b, string n)
    {
        Curve = curve;
        Hash = hash;
        Bits = bits;
        FieldSize = (bits + 7) / 8;
        TopByteMask = (byte)(0xff >> (8 * FieldSize - bits));
        _p = Number(p);
        _b = Number(b);
        _order = Convert.FromHexString(n);
    }

    /// <summary>The platform's name of the curve.</summary>
    public ECCurve Curve { get; }

    /// <summary>The hash that ECDSA uses on this curve (RFC 8446 §4.2.3).</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>Bits of p, which name the curve.</summary>
    public int Bits { get; }

    /// <summary>Bytes of a coordinate, and of a scalar.</summary>
    public int FieldSize { get; }

    /// <summary>Bytes of an uncompressed point.</summary>
    public int PointSize => 1 + 2 * FieldSize;

    /// <summary>RFC 9180 §7.1.3: which bits of a scalar's first byte are used.</summary>
    public byte TopByteMask { get; }

    /// <summary>
    /// True for <c>0x04 || x || y</c> (SEC 1 §2.3.3) with coordinates below p that satisfy the equation. The cofactor is
    /// 1 and the point at infinity has no such form, so this is full validation (SP 800-56A §5.6.2.3.3).
    /// </summary>
    public bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != Uncompressed)
            return false;
        var x = new BigInteger(point.Slice(1, FieldSize), isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[(1 + FieldSize)..], isUnsigned: true, isBigEndian: true);
        return x < _p && y < _p && ((x * x - 3) * x + _b - y * y) % _p == 0;
    }

    /// <summary>True for a big-endian scalar in 1..n-1, in a time that does not depend on its value.</summary>
    public bool IsScalar(ReadOnlySpan<byte> scalar)
    {
        if (scalar.Length != FieldSize)
            return false;
        var borrow = 0;
        var bits = 0;
        for (var i = FieldSize - 1; i >= 0; i--)
        {
            borrow = (scalar[i] - _order[i] - borrow) >> 31 & 1;
            bits |= scalar[i];
        }
        return borrow == 1 & bits != 0;
    }

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
