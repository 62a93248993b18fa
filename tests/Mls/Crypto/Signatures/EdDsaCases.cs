using System.Numerics;
using System.Text;
using static Skytale.Mls.Tests.Crypto.Signatures.TwistedEdwards;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>
/// Signatures on which EdDSA implementations are known to differ. The signer knows the logarithm of the large part of A
/// and R, adds points of small order to them as it likes, and tries messages until the challenge is what the case needs.
/// The rule: canonical S, A and R; neither A nor R of small order; S B = R + k A, without the cofactor.
/// </summary>
internal sealed class EdDsaCases(string scheme, TwistedEdwards curve)
{
    private static readonly BigInteger Secret = BigInteger.Parse("5741003398112058234871106653217748812209761340067881230043");
    private static readonly BigInteger Nonce = BigInteger.Parse("8823401975563310977412208865534412093847561192837465564738");

    private readonly Point[] _small = curve.SmallOrder();
    private readonly List<SignatureCase> _cases = [];

    public List<SignatureCase> All()
    {
        Honest();
        Damaged();
        NonCanonicalScalars();
        SmallKeys();
        SmallCommitments();
        MixedKeys();
        MixedCommitments();
        NonCanonicalPoints();
        Sizes();
        return _cases;
    }

    private Point A { get; } = curve.Multiply(Secret, curve.Base);

    private Point R { get; } = curve.Multiply(Nonce, curve.Base);

    // k times a point of small order.
    private Point Small(byte[] r, byte[] key, byte[] message, Point small) => curve.Multiply(curve.Challenge(r, key, message) % curve.Cofactor, small);

    private void Honest()
    {
        for (var i = 0; i < 4; i++)
        {
            var message = new byte[i * 97];
            message.AsSpan().Fill((byte)i);
            Add($"honest, {message.Length} bytes", curve.Encode(A), message, Sign(curve.Encode(R), curve.Encode(A), message), keyValid: true, valid: true);
        }
    }

    private void Damaged()
    {
        var (key, message) = (curve.Encode(A), Text("damaged"));
        var signature = Sign(curve.Encode(R), key, message);
        Add("another message", key, Text("Damaged"), signature, keyValid: true, valid: false);
        Add("another key", curve.Encode(curve.Multiply(Secret + 1, curve.Base)), message, signature, keyValid: true, valid: false);
        Add("the key negated", Flip(key, curve.Size - 1, 0x80), message, signature, keyValid: true, valid: false);
        Add("R negated", key, message, Flip(signature, curve.Size - 1, 0x80), keyValid: true, valid: false);
        Add("a bit of R", key, message, Flip(signature, 3, 0x04), keyValid: true, valid: false);
        Add("a bit of S", key, message, Flip(signature, curve.Size + 3, 0x04), keyValid: true, valid: false);
    }

    private void NonCanonicalScalars()
    {
        var (key, r, message) = (curve.Encode(A), curve.Encode(R), Text("scalars"));
        var s = S(r, key, message);
        foreach (var multiple in new[] { 1, 2, 3, 7 }.Where(multiple => s + multiple * curve.L < BigInteger.Pow(2, 8 * curve.Size)))
            Add($"S + {multiple} L", key, message, [.. r, .. curve.Scalar(s + multiple * curve.L)], keyValid: true, valid: false);
        Add("S with its top bit", key, message, [.. r, .. Flip(curve.Scalar(s), curve.Size - 1, 0x80)], keyValid: true, valid: false);
        Add("S of ones", key, message, [.. r, .. Enumerable.Repeat((byte)0xff, curve.Size)], keyValid: true, valid: false);
        Add("S is zero", key, message, [.. r, .. new byte[curve.Size]], keyValid: true, valid: false);
    }

    // A of small order has no secret: S = r fits whenever k A is neutral, and always when the cofactor is multiplied in.
    private void SmallKeys()
    {
        foreach (var (i, small) in _small.Index())
        {
            var (key, r) = (curve.Encode(small), curve.Encode(R));
            var holds = Message("small A", message => Small(r, key, message, small) == Neutral);
            Add($"A of small order {i}, the equation holds", key, holds, [.. r, .. curve.Scalar(Nonce)], keyValid: false, valid: false);
            Add($"A of small order {i}, S and R zero", key, holds, [.. curve.Encode(Neutral), .. new byte[curve.Size]], keyValid: false, valid: false);
            if (small == Neutral)
                continue;
            var fails = Message("small A", message => Small(r, key, message, small) != Neutral);
            Add($"A of small order {i}, only with the cofactor", key, fails, [.. r, .. curve.Scalar(Nonce)], keyValid: false, valid: false);
        }
    }

    // R of small order: S = k a fits without the cofactor for the neutral R, and for others where A makes up for it.
    private void SmallCommitments()
    {
        foreach (var (i, small) in _small.Index())
        {
            var (key, r) = (curve.Encode(A), curve.Encode(small));
            Add($"R of small order {i}", key, Text("small R"), [.. r, .. curve.Scalar(S(r, key, Text("small R"), nonce: 0))], keyValid: true, valid: false);
            if (small == Neutral)
                continue;
            var mixed = curve.Add(A, _small[1]);
            var mixedKey = curve.Encode(mixed);
            var holds = Message("small R", message => curve.Add(small, Small(r, mixedKey, message, _small[1])) == Neutral);
            Add($"R of small order {i}, A mixed, the equation holds", mixedKey, holds, [.. r, .. curve.Scalar(S(r, mixedKey, holds, nonce: 0))], keyValid: false, valid: false);
        }
    }

    // A with a part of small order may not stand in a leaf; as to signatures, the equation decides.
    private void MixedKeys()
    {
        foreach (var (i, small) in _small.Index().Skip(1))
        {
            var key = curve.Encode(curve.Add(A, small));
            var r = curve.Encode(R);
            var holds = Message("mixed A", message => Small(r, key, message, small) == Neutral);
            Add($"A mixed with {i}, the equation holds", key, holds, Sign(r, key, holds), keyValid: false, valid: true);
            var fails = Message("mixed A", message => Small(r, key, message, small) != Neutral);
            Add($"A mixed with {i}, only with the cofactor", key, fails, Sign(r, key, fails), keyValid: false, valid: false);
        }
    }

    private void MixedCommitments()
    {
        foreach (var (i, small) in _small.Index().Skip(1))
        {
            var r = curve.Encode(curve.Add(R, small));
            var key = curve.Encode(A);
            Add($"R mixed with {i}, only with the cofactor", key, Text("mixed R"), Sign(r, key, Text("mixed R")), keyValid: true, valid: false);

            // R's small part and k times A's cancel.
            var mixed = curve.Encode(curve.Add(A, _small[1]));
            var holds = Message("both mixed", message => curve.Add(small, Small(r, mixed, message, _small[1])) == Neutral);
            Add($"R mixed with {i}, A too, the equation holds", mixed, holds, Sign(r, mixed, holds), keyValid: false, valid: true);
            var fails = Message("both mixed", message => curve.Add(small, Small(r, mixed, message, _small[1])) != Neutral);
            Add($"R mixed with {i}, A too, only with the cofactor", mixed, fails, Sign(r, mixed, fails), keyValid: false, valid: false);
        }
    }

    // y >= p, or a sign without an x. Points with such a form have no known logarithm unless they are of small order,
    // so the signatures that fit have one of those for A or R.
    private void NonCanonicalPoints()
    {
        foreach (var (name, bytes, point) in NonCanonicalForms())
        {
            var r = curve.Encode(R);
            Add($"A is {name}", bytes, Message("form of A", message => Small(r, bytes, message, point) == Neutral), [.. r, .. curve.Scalar(Nonce)], keyValid: false, valid: false);
            var key = curve.Encode(A);
            Add($"R is {name}", key, Text("form of R"), [.. bytes, .. curve.Scalar(S(bytes, key, Text("form of R"), nonce: 0))], keyValid: true, valid: false);
        }
        for (var y = curve.P + 2; y < curve.P + 19; y++)
        {
            var bytes = curve.Encode(y, odd: false);
            Add($"A is p + {y - curve.P}", bytes, Text("form of A"), Sign(curve.Encode(R), bytes, Text("form of A")), keyValid: false, valid: false);
        }

        // Ed448 has seven bits above y: the same point for whoever ignores them.
        if (curve.Size == 57)
        {
            var loose = Flip(curve.Encode(A), 56, 0x01);
            Add("A with a bit above y", loose, Text("loose"), Sign(curve.Encode(R), loose, Text("loose")), keyValid: false, valid: false);
            var looseR = Flip(curve.Encode(R), 56, 0x40);
            Add("R with a bit above y", curve.Encode(A), Text("loose"), Sign(looseR, curve.Encode(A), Text("loose")), keyValid: true, valid: false);
        }

        var off = Enumerable.Range(2, 100).First(y => curve.PointOf(y, odd: false) is null);
        var nowhere = curve.Encode(off, odd: false);
        Add("A is no point", nowhere, Text("off"), Sign(curve.Encode(R), nowhere, Text("off")), keyValid: false, valid: false);
        Add("R is no point", curve.Encode(A), Text("off"), Sign(nowhere, curve.Encode(A), Text("off")), keyValid: true, valid: false);
    }

    private IEnumerable<(string Name, byte[] Bytes, Point Point)> NonCanonicalForms()
    {
        yield return ("1 with a sign", curve.Encode(1, odd: true), Neutral);
        yield return ("p - 1 with a sign", curve.Encode(curve.P - 1, odd: true), new Point(0, curve.P - 1));
        yield return ("p", curve.Encode(curve.P, odd: false), curve.PointOf(0, odd: false)!.Value);
        yield return ("p with a sign", curve.Encode(curve.P, odd: true), curve.PointOf(0, odd: true)!.Value);
        yield return ("p + 1", curve.Encode(curve.P + 1, odd: false), Neutral);
        yield return ("p + 1 with a sign", curve.Encode(curve.P + 1, odd: true), Neutral);
    }

    private void Sizes()
    {
        var (key, message) = (curve.Encode(A), Text("sizes"));
        var signature = Sign(curve.Encode(R), key, message);
        foreach (var size in new[] { 0, 1, curve.Size, signature.Length - 1 })
            Add($"{size} bytes of signature", key, message, signature[..size], keyValid: true, valid: false);
        Add("a zero behind the signature", key, message, [.. signature, 0], keyValid: true, valid: false);
        Add("the signature twice", key, message, [.. signature, .. signature], keyValid: true, valid: false);
        Add("no key", [], message, signature, keyValid: false, valid: false);
        Add("a key without its last byte", key[..^1], message, signature, keyValid: false, valid: false);
        Add("a zero behind the key", [.. key, 0], message, signature, keyValid: false, valid: false);
    }

    private BigInteger S(byte[] r, byte[] key, byte[] message, BigInteger? nonce = null) =>
        ((nonce ?? Nonce) + curve.Challenge(r, key, message) * Secret) % curve.L;

    private byte[] Sign(byte[] r, byte[] key, byte[] message) => [.. r, .. curve.Scalar(S(r, key, message))];

    private static byte[] Message(string text, Func<byte[], bool> fits) =>
        Enumerable.Range(0, 1000).Select(i => Text($"{text} {i}")).First(fits);

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Flip(byte[] bytes, int index, byte bits)
    {
        var flipped = bytes.ToArray();
        flipped[index] ^= bits;
        return flipped;
    }

    private void Add(string name, byte[] key, byte[] message, byte[] signature, bool keyValid, bool valid) =>
        _cases.Add(new SignatureCase(scheme, name, key, message, signature, keyValid, valid));
}
