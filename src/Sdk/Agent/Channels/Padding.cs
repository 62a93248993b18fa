namespace Skytale.Agent.Channels;

/// <summary>
/// Message sizes in buckets, by RFC 9420 §6.3.1's padding: powers of two from 256 bytes to 64 KiB, above that whole
/// multiples of 64 KiB.
/// </summary>
internal static class Padding
{
    /// <summary>What content, signature and padding share a bucket with: the signature and the lengths in front.</summary>
    private const int Overhead = 64 + 16;

    private const int Smallest = 256;
    private const int Largest = 64 << 10;

    /// <summary>The padded size of a content of this many bytes.</summary>
    public static int SizeFor(int contentLength)
    {
        var size = contentLength + Overhead;
        if (size > Largest)
            return (size + Largest - 1) / Largest * Largest;
        return Math.Max(Smallest, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size));
    }
}
