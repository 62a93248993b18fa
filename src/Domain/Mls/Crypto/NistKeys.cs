using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;

namespace Skytale.Mls.Crypto;

/// <summary>Keys of a NIST curve, between the RFC's serialisation and the platform's.</summary>
internal static class NistKeys
{
    /// <summary>The platform's form of a public key that <see cref="NistCurve.IsPoint"/> accepts.</summary>
    public static ECParameters Public(NistCurve curve, ReadOnlySpan<byte> point) => new()
    {
        Curve = curve.Curve,
        Q = new ECPoint { X = point.Slice(1, curve.FieldSize).ToArray(), Y = point[(1 + curve.FieldSize)..].ToArray() },
    };

    /// <summary>An uncompressed point of the platform's public key.</summary>
    public static byte[] Point(NistCurve curve, ECPoint q)
    {
        var point = new byte[curve.PointSize];
        point[0] = 0x04;
        q.X!.CopyTo(point.AsSpan(1 + curve.FieldSize - q.X!.Length));
        q.Y!.CopyTo(point.AsSpan(curve.PointSize - q.Y!.Length));
        return point;
    }

    /// <summary>
    /// Gives the platform's form of a private key to the function, and zeroes its copy of the scalar after. The scalar may
    /// come without its leading zeros, as others store it. The public point is left out: the platform computes it, and a
    /// caller's that does not fit can do no harm.
    /// </summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPrivateKey"/>: the scalar is longer than the field, or not in 1..n-1.</exception>
    public static T WithPrivate<T>(NistCurve curve, Secret scalar, Func<ECParameters, T> use)
    {
        var d = GC.AllocateArray<byte>(curve.FieldSize, pinned: true);
        try
        {
            if (scalar.Length <= d.Length)
                scalar.Span.CopyTo(d.AsSpan(d.Length - scalar.Length));
            GC.KeepAlive(scalar);
            if (!curve.IsScalar(d))
                throw new MlsException(MlsError.InvalidPrivateKey, $"a private key of this curve has at most {curve.FieldSize} bytes, is above zero and below the order");
            return use(new ECParameters { Curve = curve.Curve, D = d, Q = NeedsPublicPoint ? Multiply(curve, d) : default });
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    /// <summary>Apple's platforms import no private key without its public point.</summary>
    private static bool NeedsPublicPoint => OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() || OperatingSystem.IsMacCatalyst();

    /// <summary>d times the base point, for a platform that does not compute it.</summary>
    internal static ECPoint Multiply(NistCurve curve, ReadOnlySpan<byte> d)
    {
        X9ECParameters parameters = CustomNamedCurves.GetByName($"P-{curve.Bits}");
        var point = parameters.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, d)).Normalize();
        return new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() };
    }
}
