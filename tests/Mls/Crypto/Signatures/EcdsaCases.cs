using System.Numerics;
using System.Text;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>
/// Right signatures in wrong forms, and forms that BER or a lazy reader takes. The rule: a DER sequence of two integers in
/// their shortest form, in 1..n-1, with nothing behind; the key an uncompressed point of the curve.
/// </summary>
internal sealed class EcdsaCases(string scheme, ShortWeierstrass curve)
{
    private static readonly BigInteger Secret = BigInteger.Parse("6120983475610298374561029837456102983745610298374561029837");
    private static readonly byte[] Message = Encoding.ASCII.GetBytes("ecdsa");

    private readonly List<SignatureCase> _cases = [];
    private readonly byte[] _key = Encode(curve, curve.Multiply(Secret, curve.Base));

    public List<SignatureCase> All()
    {
        var (r, s) = curve.Sign(Secret, Secret / 3, Message);
        Add("honest", Sequence(Integer(r), Integer(s)), valid: true);
        Add("n - s", Sequence(Integer(r), Integer(curve.N - s)), valid: true);
        Short();
        Lengths(Integer(r), Integer(s));
        Integers(r, s);
        Ranges(r, s);
        Structure(Integer(r), Integer(s));
        Keys(Sequence(Integer(r), Integer(s)));
        return _cases;
    }

    // Integers of fewer bytes, whose padding a fixed-size form has and DER has not: nonces are tried until r is short.
    private void Short()
    {
        var nonce = 2;
        for (var point = curve.Multiply(nonce, curve.Base); point.X >= BigInteger.Pow(2, 8 * curve.Size - 9); nonce++)
            point = curve.Add(point, curve.Base);
        var (r, s) = curve.Sign(Secret, nonce, Message);
        Add("a short r", Sequence(Integer(r), Integer(s)), valid: true);
        Add("a short r, padded to the field", Sequence([0x02, (byte)(curve.Size + 1), 0, .. Fixed(r)], Integer(s)));
    }

    private void Lengths(byte[] r, byte[] s)
    {
        byte[] body = [.. r, .. s];
        var length = (byte)body.Length;
        Add(length < 0x80 ? "sequence length in the long form" : "sequence length in the short form", length < 0x80 ? [0x30, 0x81, length, .. body] : [0x30, length, .. body]);
        Add("sequence length in two bytes", [0x30, 0x82, 0, length, .. body]);
        Add("indefinite length", [0x30, 0x80, .. body, 0, 0]);
        Add("sequence longer than it says", Header(body.Length - 1, body));
        Add("sequence shorter than it says", Header(body.Length + 1, body));
        Add("r's length in the long form", Sequence([0x02, 0x81, r[1], .. r[2..]], s));
        Add("s's length in the long form", Sequence(r, [0x02, 0x81, s[1], .. s[2..]]));
        Add("s's length in two bytes", Sequence(r, [0x02, 0x82, 0, s[1], .. s[2..]]));
        Add("s longer than the sequence", Sequence(r, [0x02, (byte)(s[1] + 1), .. s[2..]]));
        Add("length of 2^32 - 1", [0x30, 0x84, 0xff, 0xff, 0xff, 0xff, .. body]);
    }

    private void Integers(BigInteger r, BigInteger s)
    {
        Add("r with a leading zero", Sequence([0x02, (byte)(Integer(r)[1] + 1), 0, .. Integer(r)[2..]], Integer(s)));
        Add("s with a leading zero", Sequence(Integer(r), [0x02, (byte)(Integer(s)[1] + 1), 0, .. Integer(s)[2..]]));
        Add("r negative", Sequence(Signed(-r), Integer(s)));
        Add("s negative", Sequence(Integer(r), Signed(-s)));
        Add("r with its sign bit set", Sequence([0x02, (byte)curve.Size, .. FixedHigh(r)], Integer(s)));
        Add("r - n, negative", Sequence(Signed(r - curve.N), Integer(s)));
        Add("r without bytes", Sequence([0x02, 0], Integer(s)));
        Add("s without bytes", Sequence(Integer(r), [0x02, 0]));
    }

    private void Ranges(BigInteger r, BigInteger s)
    {
        Add("r is zero", Sequence(Integer(0), Integer(s)));
        Add("s is zero", Sequence(Integer(r), Integer(0)));
        Add("both are zero", Sequence(Integer(0), Integer(0)));
        Add("r is n", Sequence(Integer(curve.N), Integer(s)));
        Add("s is n", Sequence(Integer(r), Integer(curve.N)));
        Add("r + n", Sequence(Integer(r + curve.N), Integer(s)));
        Add("s + n", Sequence(Integer(r), Integer(s + curve.N)));
        Add("r is one", Sequence(Integer(1), Integer(s)));
        Add("s is one", Sequence(Integer(r), Integer(1)));
        Add("r and s swapped", Sequence(Integer(s), Integer(r)));
        Add("r of many bytes", Sequence(Integer(r + BigInteger.Pow(2, 8 * curve.Size + 64)), Integer(s)));
    }

    private void Structure(byte[] r, byte[] s)
    {
        var honest = Sequence(r, s);
        Add("nothing", []);
        Add("a tag alone", [0x30]);
        Add("an empty sequence", [0x30, 0]);
        Add("r alone", Sequence(r));
        Add("three integers", Sequence(r, s, s));
        Add("a null behind s", Sequence(r, s, [0x05, 0x00]));
        Add("a byte behind the sequence", [.. honest, 0]);
        Add("the signature twice", [.. honest, .. honest]);
        Add("without its last byte", honest[..^1]);
        Add("a set", [0x31, .. honest[1..]]);
        Add("r an octet string", Sequence([0x04, .. r[1..]], s));
        Add("s an octet string", Sequence(r, [0x04, .. s[1..]]));
        Add("r || s", [.. Fixed(curve.Sign(Secret, Secret / 3, Message).R), .. Fixed(curve.Sign(Secret, Secret / 3, Message).S)]);
    }

    private void Keys(byte[] signature)
    {
        var point = curve.Multiply(Secret, curve.Base);
        Key("another key", Encode(curve, curve.Multiply(Secret + 1, curve.Base)), signature, keyValid: true);
        Key("the key negated", Encode(curve, point with { Y = curve.P - point.Y }), signature, keyValid: true);
        Key("the key compressed", [(byte)(point.Y.IsEven ? 2 : 3), .. Fixed(point.X)], signature);
        Key("the key in the hybrid form", [(byte)(point.Y.IsEven ? 6 : 7), .. _key[1..]], signature);
        Key("infinity", [0], signature);
        Key("zeros", [4, .. new byte[2 * curve.Size]], signature);
        Key("a point that is not on the curve", Encode(curve, point with { Y = point.Y ^ 1 }), signature);
        Key("no key", [], signature);
        Key("a key without its last byte", _key[..^1], signature);
        Key("a zero behind the key", [.. _key, 0], signature);

        // A coordinate of p or more: P-521's has bits to spare, so the honest key has such a form; others' keys do by chance only.
        var x = curve.Size == 66 ? point.X : new BigInteger(Enumerable.Range(1, 100).First(x => curve.PointOf(x, odd: false) is not null));
        var low = curve.PointOf(x, !point.Y.IsEven)!.Value;
        Key("x + p", Encode(curve, low with { X = low.X + curve.P }), signature);
        Key("x of p without p", Encode(curve, low), signature, keyValid: true, valid: low == point);
    }

    private byte[] FixedHigh(BigInteger value)
    {
        var bytes = Fixed(value);
        bytes[0] |= 0x80;
        return bytes;
    }

    private byte[] Fixed(BigInteger value) => Fixed(value, curve.Size);

    private static byte[] Fixed(BigInteger value, int size)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - bytes.Length], .. bytes];
    }

    private static byte[] Encode(ShortWeierstrass curve, ShortWeierstrass.Point point) => [4, .. Fixed(point.X, curve.Size), .. Fixed(point.Y, curve.Size)];

    private static byte[] Integer(BigInteger value) => Signed(value);

    // Two's complement in the fewest bytes, which is DER's form.
    private static byte[] Signed(BigInteger value)
    {
        var bytes = value.ToByteArray(isUnsigned: false, isBigEndian: true);
        return [0x02, (byte)bytes.Length, .. bytes];
    }

    private static byte[] Sequence(params byte[][] parts)
    {
        var body = parts.SelectMany(part => part).ToArray();
        return Header(body.Length, body);
    }

    private static byte[] Header(int length, byte[] body) => length < 0x80 ? [0x30, (byte)length, .. body] : [0x30, 0x81, (byte)length, .. body];

    private void Add(string name, byte[] signature, bool valid = false) => _cases.Add(new SignatureCase(scheme, name, _key, Message, signature, KeyValid: true, valid));

    private void Key(string name, byte[] key, byte[] signature, bool keyValid = false, bool valid = false) =>
        _cases.Add(new SignatureCase(scheme, name, key, Message, signature, keyValid, valid));
}
