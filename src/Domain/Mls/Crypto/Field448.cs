using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Skytale.Mls.Crypto;

/// <summary>The integers modulo 2^448 - 2^224 - 1.</summary>
internal sealed class Field448 : IPrimeField<uint[]>
{
    public int Size => 56;

    public uint[] Create() => X448Field.Create();

    public void Copy(uint[] from, uint[] to) => X448Field.Copy(from, to);

    public void One(uint[] result) => X448Field.One(result);

    // Limbs are carried after each sum, so that any result may be multiplied.
    public void Add(uint[] x, uint[] y, uint[] result)
    {
        X448Field.Add(x, y, result);
        X448Field.Carry(result);
    }

    public void Sub(uint[] x, uint[] y, uint[] result)
    {
        X448Field.Sub(x, y, result);
        X448Field.Carry(result);
    }

    public void Mul(uint[] x, uint[] y, uint[] result) => X448Field.Mul(x, y, result);

    public void Sqr(uint[] x, uint[] result) => X448Field.Sqr(x, result);

    public void Inv(uint[] x, uint[] result) => X448Field.InvVar(x, result);

    public bool TrySqrtRatio(uint[] numerator, uint[] denominator, uint[] result) => X448Field.SqrtRatioVar(numerator, denominator, result);

    public void Decode(ReadOnlySpan<byte> bytes, uint[] result) => X448Field.Decode448(bytes, result);

    public void Encode(uint[] x, Span<byte> bytes)
    {
        Span<uint> least = stackalloc uint[X448Field.Size];
        x.CopyTo(least);
        X448Field.Normalize(least);
        X448Field.Encode(least, bytes);
    }
}
