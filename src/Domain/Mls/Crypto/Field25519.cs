using Org.BouncyCastle.Math.EC.Rfc7748;

namespace Skytale.Mls.Crypto;

/// <summary>The integers modulo 2^255 - 19.</summary>
internal sealed class Field25519 : IPrimeField<int[]>
{
    public int Size => 32;

    public int[] Create() => X25519Field.Create();

    public void Copy(int[] from, int[] to) => X25519Field.Copy(from, to);

    public void One(int[] result) => X25519Field.One(result);

    // Limbs are carried after each sum, so that any result may be multiplied.
    public void Add(int[] x, int[] y, int[] result)
    {
        X25519Field.Add(x, y, result);
        X25519Field.Carry(result);
    }

    public void Sub(int[] x, int[] y, int[] result)
    {
        X25519Field.Sub(x, y, result);
        X25519Field.Carry(result);
    }

    public void Mul(int[] x, int[] y, int[] result) => X25519Field.Mul(x, y, result);

    public void Sqr(int[] x, int[] result) => X25519Field.Sqr(x, result);

    public void Inv(int[] x, int[] result) => X25519Field.InvVar(x, result);

    public bool TrySqrtRatio(int[] numerator, int[] denominator, int[] result) => X25519Field.SqrtRatioVar(numerator, denominator, result);

    public void Decode(ReadOnlySpan<byte> bytes, int[] result) => X25519Field.Decode255(bytes, result);

    public void Encode(int[] x, Span<byte> bytes)
    {
        Span<int> least = stackalloc int[X25519Field.Size];
        x.CopyTo(least);
        X25519Field.Normalize(least);
        X25519Field.Encode(least, bytes);
    }
}
