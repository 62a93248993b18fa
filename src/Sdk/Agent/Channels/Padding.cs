using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Message sizes by RFC 9420 §6.3.1's padding: see <see cref="MessagePadding"/>.</summary>
internal static class Padding
{
    /// <summary>What content, signature and padding share a bucket with: the signature and the lengths in front.</summary>
    private const int Overhead = 64 + 16;

    private const int Smallest = 256;
    private const int Largest = 64 << 10;

    /// <summary>What a content of this many bytes is padded to, at least.</summary>
    public static int SizeFor(MessagePadding padding, int contentLength) => padding switch
    {
        MessagePadding.Buckets => Bucket(contentLength),
        MessagePadding.None => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(padding), padding, "No such padding."),
    };

    private static int Bucket(int contentLength)
    {
        var size = contentLength + Overhead;
        if (size > Largest)
            return (size + Largest - 1) / Largest * Largest;
        return Math.Max(Smallest, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)size));
    }
}
