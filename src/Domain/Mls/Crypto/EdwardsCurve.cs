using System.Numerics;

namespace Skytale.Mls.Crypto;

/// <summary>
/// A curve a x^2 + y^2 = 1 + d x^2 y^2 of RFC 8032, for the checking of signatures: points in projective coordinates, by
/// the complete formulas of §5.2.4, which hold for a = -1 too. Points and scalars are public; times depend on them.
/// </summary>
/// <param name="negativeA">a = -1 (edwards25519) or a = 1 (edwards448).</param>
/// <param name="d">Not negative: modulo p.</param>
/// <param name="order">L, the prime order of the base point.</param>
/// <param name="cofactorBits">The cofactor is 2 to this.</param>
internal sealed class EdwardsCurve<TElement>(IPrimeField<TElement> field, bool negativeA, BigInteger d, BigInteger order, int cofactorBits)
    where TElement : class
{
    private readonly TElement _d = Element(field, d);

    /// <summary>Bytes of an encoded point, and of a scalar.</summary>
    public int Size { get; } = negativeA ? field.Size : field.Size + 1;

    /// <summary>L, the order of the base point.</summary>
    public BigInteger Order => order;

    public Point Neutral()
    {
        var neutral = new Point(field);
        field.One(neutral.Y);
        field.One(neutral.Z);
        return neutral;
    }

    /// <summary>RFC 8032 §5.1.3, §5.2.3: a point, negated; null for bytes that are not the one encoding of one.</summary>
    public Point? DecodeNegated(ReadOnlySpan<byte> bytes)
    {
        // y without the sign of x must be below p, which reading and writing it shows.
        Span<byte> y = stackalloc byte[Size];
        Span<byte> least = stackalloc byte[Size];
        bytes.CopyTo(y);
        y[^1] &= 0x7f;
        var odd = bytes[^1] >> 7;
        least.Clear();
        var point = Neutral();
        field.Decode(y[..field.Size], point.Y);
        field.Encode(point.Y, least[..field.Size]);
        if (!y.SequenceEqual(least))
            return null;

        // x^2 = (y^2 - 1) / (d y^2 - a)
        var (u, v) = (field.Create(), field.Create());
        field.Sqr(point.Y, u);
        field.Mul(u, _d, v);
        if (negativeA)
            field.Add(v, point.Z, v);
        else
            field.Sub(v, point.Z, v);
        field.Sub(u, point.Z, u);
        if (!field.TrySqrtRatio(u, v, point.X))
            return null;

        field.Encode(point.X, least[..field.Size]);
        if ((least[0] & 1) == odd)
            field.Sub(field.Create(), point.X, point.X);
        return odd == 1 && IsZero(point.X) ? null : point;
    }

    /// <summary>The point's one encoding.</summary>
    public void Encode(Point point, Span<byte> bytes)
    {
        var (inverse, coordinate) = (field.Create(), field.Create());
        field.Inv(point.Z, inverse);
        field.Mul(point.X, inverse, coordinate);
        field.Encode(coordinate, bytes[..field.Size]);
        var odd = bytes[0] & 1;
        field.Mul(point.Y, inverse, coordinate);
        bytes[field.Size..].Clear();
        field.Encode(coordinate, bytes[..field.Size]);
        bytes[^1] |= (byte)(odd << 7);
    }

    /// <summary>True when the cofactor times the point is neutral.</summary>
    public bool IsSmallOrder(Point point)
    {
        var (multiple, scratch) = (point.Copy(field), new Scratch(field));
        for (var i = 0; i < cofactorBits; i++)
            Double(multiple, scratch);
        field.Sub(multiple.Y, multiple.Z, multiple.Z);
        return IsZero(multiple.X) && IsZero(multiple.Z);
    }

    /// <summary>The odd multiples of a point that <see cref="MultiplyAndAdd"/> looks up: 1, 3, 5, … below 2^(width - 1).</summary>
    public Point[] OddMultiples(Point point, int width)
    {
        var scratch = new Scratch(field);
        var twice = point.Copy(field);
        Double(twice, scratch);
        var multiples = new Point[1 << (width - 2)];
        multiples[0] = point;
        for (var i = 1; i < multiples.Length; i++)
        {
            multiples[i] = multiples[i - 1].Copy(field);
            Add(multiples[i], twice, negated: false, scratch);
        }
        return multiples;
    }

    /// <summary>s P + t Q, of the points' odd multiples.</summary>
    public Point MultiplyAndAdd(SignedWindows s, Point[] p, SignedWindows t, Point[] q)
    {
        var sum = Neutral();
        var scratch = new Scratch(field);
        for (var i = Math.Max(s.Length, t.Length) - 1; i >= 0; i--)
        {
            Double(sum, scratch);
            AddMultiple(sum, s[i], p, scratch);
            AddMultiple(sum, t[i], q, scratch);
        }
        return sum;
    }

    private void AddMultiple(Point sum, int digit, Point[] multiples, Scratch scratch)
    {
        if (digit != 0)
            Add(sum, multiples[Math.Abs(digit) >> 1], digit < 0, scratch);
    }

    // A = Z1 Z2, B = A^2, C = X1 X2, D = Y1 Y2, E = d C D, F = B - E, G = B + E, H = (X1 + Y1) (X2 + Y2)
    // X3 = A F (H - C - D), Y3 = A G (D - a C), Z3 = F G; for the negated second point X2 changes its sign.
    private void Add(Point p, Point q, bool negated, Scratch t)
    {
        field.Mul(p.Z, q.Z, t.A);
        field.Sqr(t.A, t.B);
        field.Mul(p.X, q.X, t.C);
        field.Mul(p.Y, q.Y, t.D);
        field.Mul(t.C, t.D, t.E);
        field.Mul(t.E, _d, t.E);
        field.Add(p.X, p.Y, t.H);
        if (negated)
        {
            field.Sub(q.Y, q.X, t.F);
            field.Mul(t.H, t.F, t.H);
            field.Add(t.H, t.C, t.H);
        }
        else
        {
            field.Add(q.X, q.Y, t.F);
            field.Mul(t.H, t.F, t.H);
            field.Sub(t.H, t.C, t.H);
        }
        field.Sub(t.H, t.D, t.H);
        if (negated)
        {
            field.Add(t.B, t.E, t.F);
            field.Sub(t.B, t.E, t.E);
        }
        else
        {
            field.Sub(t.B, t.E, t.F);
            field.Add(t.B, t.E, t.E);
        }
        if (negated != negativeA)
            field.Add(t.D, t.C, t.D);
        else
            field.Sub(t.D, t.C, t.D);
        field.Mul(t.A, t.F, p.X);
        field.Mul(p.X, t.H, p.X);
        field.Mul(t.A, t.E, p.Y);
        field.Mul(p.Y, t.D, p.Y);
        field.Mul(t.F, t.E, p.Z);
    }

    // B = (X + Y)^2, C = X^2, D = Y^2, E = a C, F = E + D, J = F - 2 Z^2
    // X3 = (B - C - D) J, Y3 = F (E - D), Z3 = F J
    private void Double(Point p, Scratch t)
    {
        field.Add(p.X, p.Y, t.B);
        field.Sqr(t.B, t.B);
        field.Sqr(p.X, t.C);
        field.Sqr(p.Y, t.D);
        field.Sqr(p.Z, t.A);
        field.Add(t.A, t.A, t.A);
        field.Add(t.C, t.D, t.H);
        field.Sub(t.B, t.H, t.B);
        if (negativeA)
        {
            field.Sub(t.D, t.C, t.F);
            field.Sub(t.F, t.A, t.E);
            field.Mul(t.F, t.H, p.Y);
            field.Sub(p.Z, p.Z, p.Z);
            field.Sub(p.Z, p.Y, p.Y);
        }
        else
        {
            field.Copy(t.H, t.F);
            field.Sub(t.F, t.A, t.E);
            field.Sub(t.C, t.D, t.H);
            field.Mul(t.F, t.H, p.Y);
        }
        field.Mul(t.B, t.E, p.X);
        field.Mul(t.F, t.E, p.Z);
    }

    private bool IsZero(TElement x)
    {
        Span<byte> bytes = stackalloc byte[field.Size];
        field.Encode(x, bytes);
        return !bytes.ContainsAnyExcept((byte)0);
    }

    private static TElement Element(IPrimeField<TElement> field, BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[field.Size];
        bytes.Clear();
        value.TryWriteBytes(bytes, out _, isUnsigned: true);
        var element = field.Create();
        field.Decode(bytes, element);
        return element;
    }

    /// <summary>(X : Y : Z), standing for x = X / Z and y = Y / Z.</summary>
    public sealed class Point(IPrimeField<TElement> field)
    {
        public TElement X { get; } = field.Create();

        public TElement Y { get; } = field.Create();

        public TElement Z { get; } = field.Create();

        public Point Copy(IPrimeField<TElement> field)
        {
            var copy = new Point(field);
            field.Copy(X, copy.X);
            field.Copy(Y, copy.Y);
            field.Copy(Z, copy.Z);
            return copy;
        }
    }

    private sealed class Scratch(IPrimeField<TElement> field)
    {
        public readonly TElement A = field.Create();
        public readonly TElement B = field.Create();
        public readonly TElement C = field.Create();
        public readonly TElement D = field.Create();
        public readonly TElement E = field.Create();
        public readonly TElement F = field.Create();
        public readonly TElement H = field.Create();
    }
}
