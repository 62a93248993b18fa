namespace Skytale.Fuzz.Mls.Running;

/// <summary>
/// Makes inputs out of valid ones: bits and bytes changed, put in, taken out and repeated, lengths that are off by a
/// little or as long as can be, ends cut off, and one input's middle in another. The seed decides all of it.
/// </summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private const int MostChanges = 4;

    // The edges of the three sizes of §2.1.2's lengths, lengths that are not in their shortest form, and the invalid prefix.
    private static readonly byte[][] Lengths =
    [
        [0x00], [0x01], [0x3f], [0x40, 0x3f], [0x40, 0x40], [0x7f, 0xff], [0x80, 0x00, 0x3f, 0xff], [0x80, 0x00, 0x40, 0x00],
        [0xbf, 0xff, 0xff, 0xff], [0xc0], [0xff, 0xff, 0xff, 0xff],
    ];

    private static readonly uint[] Numbers = [0, 1, 2, 0x7f, 0x80, 0xff, 0x3fff_ffff, 0x4000_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = Any().ToList();
        for (var changes = _random.Next(1, MostChanges + 1); changes > 0; changes--)
            Change(bytes);
        return [.. bytes];
    }

    private byte[] Any() => corpus[_random.Next(corpus.Count)];

    private void Change(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.AddRange(Lengths[_random.Next(Lengths.Length)]);
            return;
        }
        var at = _random.Next(bytes.Count);
        switch (_random.Next(11))
        {
            case 0 or 1 or 2:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 3:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 4:
                // What may be a length, off by a little.
                bytes[at] = (byte)(bytes[at] + _random.Next(-2, 3));
                break;
            case 5:
                Replace(bytes, at, Lengths[_random.Next(Lengths.Length)], _random.Next(3));
                break;
            case 6:
                var number = Numbers[_random.Next(Numbers.Length)];
                Replace(bytes, at, [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number], 4);
                break;
            case 7:
                bytes.RemoveRange(at, Length(bytes.Count - at));
                break;
            case 8:
                bytes.InsertRange(at, bytes.GetRange(at, Length(bytes.Count - at)));
                break;
            case 9:
                if (_random.Next(4) == 0)
                    bytes.RemoveRange(at, bytes.Count - at);
                else
                    bytes.InsertRange(at, new byte[_random.Next(1, 9)]);
                break;
            default:
                var other = Any();
                if (other.Length > 0)
                {
                    var from = _random.Next(other.Length);
                    Replace(bytes, at, other[from..(from + Length(other.Length - from))], Length(bytes.Count - at));
                }
                break;
        }
    }

    // Mostly a few bytes, sometimes all that there are.
    private int Length(int most) => _random.Next(4) == 0 ? _random.Next(1, most + 1) : Math.Min(most, _random.Next(1, 9));

    private static void Replace(List<byte> bytes, int at, byte[] by, int count)
    {
        bytes.RemoveRange(at, Math.Min(count, bytes.Count - at));
        bytes.InsertRange(at, by);
    }
}
