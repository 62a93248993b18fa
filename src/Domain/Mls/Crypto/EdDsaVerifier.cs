using System.Numerics;

namespace Skytale.Mls.Crypto;

/// <summary>RFC 8032 §5.1.7, §5.2.7: H(dom || R || A || M), twice the size of a scalar.</summary>
internal delegate void EdDsaHash(ReadOnlySpan<byte> r, ReadOnlySpan<byte> a, ReadOnlySpan<byte> message, Span<byte> hash);

/// <summary>
/// EdDSA's check, by the rule that every backend here keeps: canonical S, A and R, neither A nor R of small order, and
/// S B = R + k A without the cofactor. RFC 8032 leaves these to the implementation; libsodium decides all of them so, and
/// BouncyCastle, which multiplies the cofactor in and takes an R of small order, none.
/// </summary>
internal sealed class EdDsaVerifier<TElement>
    where TElement : class
{
    private const int BaseWidth = 7;
    private const int KeyWidth = 5;

    private readonly EdwardsCurve<TElement> _curve;
    private readonly EdDsaHash _hash;
    private readonly EdwardsCurve<TElement>.Point[] _baseMultiples;

    /// <param name="negatedBase">The encoding of -B.</param>
    public EdDsaVerifier(EdwardsCurve<TElement> curve, ReadOnlySpan<byte> negatedBase, EdDsaHash hash)
    {
        _curve = curve;
        _hash = hash;
        _baseMultiples = curve.OddMultiples(curve.DecodeNegated(negatedBase)!, BaseWidth);
    }

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var size = _curve.Size;
        if (publicKey.Length != size || signature.Length != 2 * size)
            return false;
        var r = signature[..size];
        var s = new BigInteger(signature[size..], isUnsigned: true);
        if (s >= _curve.Order || _curve.DecodeNegated(publicKey) is not { } negatedA || _curve.IsSmallOrder(negatedA))
            return false;

        Span<byte> hash = stackalloc byte[2 * size];
        _hash(r, publicKey, message, hash);
        var k = new BigInteger(hash, isUnsigned: true) % _curve.Order;

        // R = S B - k A. Its one encoding is compared, so the signature's R is canonical too.
        var expected = _curve.MultiplyAndAdd(
            new SignedWindows(s, BaseWidth), _baseMultiples, new SignedWindows(k, KeyWidth), _curve.OddMultiples(negatedA, KeyWidth));
        Span<byte> encoded = stackalloc byte[size];
        _curve.Encode(expected, encoded);
        return encoded.SequenceEqual(r) && !_curve.IsSmallOrder(expected);
    }
}
