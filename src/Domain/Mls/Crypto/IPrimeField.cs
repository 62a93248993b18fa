namespace Skytale.Mls.Crypto;

/// <summary>
/// The integers modulo the prime of an Edwards curve, for numbers that are public: nothing here takes the same time for
/// all. Elements are BouncyCastle's arrays of limbs; results may be one of the operands.
/// </summary>
internal interface IPrimeField<TElement>
    where TElement : class
{
    /// <summary>Bytes of a number.</summary>
    int Size { get; }

    TElement Create();

    void Copy(TElement from, TElement to);

    void One(TElement result);

    void Add(TElement x, TElement y, TElement result);

    void Sub(TElement x, TElement y, TElement result);

    void Mul(TElement x, TElement y, TElement result);

    void Sqr(TElement x, TElement result);

    void Inv(TElement x, TElement result);

    /// <summary>A root of numerator / denominator; false when it is no square.</summary>
    bool TrySqrtRatio(TElement numerator, TElement denominator, TElement result);

    /// <summary>Reads a little-endian number, of which only the residue counts.</summary>
    void Decode(ReadOnlySpan<byte> bytes, TElement result);

    /// <summary>Writes the least residue, little-endian.</summary>
    void Encode(TElement x, Span<byte> bytes);
}
