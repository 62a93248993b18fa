using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Bounds;

/// <summary>§2.1.2: a length is somebody's claim. What decoding allocates is held to the bytes that are really there.</summary>
public sealed class DecoderAllocations
{
    // An exception with its message and stack, and what a first call sets up.
    private const int Overhead = 40_000;

    public static TheoryData<string> Names => new(HostileEncodings.Decoders().Select(decoder => decoder.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_lengths_cost_no_more_than_their_bytes(string name)
    {
        var factor = BoundsPage.Value("DecoderAllocations.Factor");
        var (_, valid, decode) = HostileEncodings.Decoders().Single(decoder => decoder.Name == name);
        WarmUp(valid, decode);
        var worst = (Ratio: 0L, Bytes: Opaque.Empty);
        foreach (var bytes in HostileEncodings.Of(valid))
        {
            var ratio = (Allocated(bytes, decode) - Overhead) / bytes.Length;
            if (ratio > worst.Ratio)
                worst = (ratio, bytes);
        }
        worst.Ratio.ShouldBeLessThanOrEqualTo(factor, $"{name}: {Convert.ToHexString(worst.Bytes.Span[..Math.Min(400, worst.Bytes.Length)])}");
    }

    private static long Allocated(Opaque bytes, HostileEncodings.Decoder decode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode(bytes);
        }
        catch (MlsException)
        {
            // Refused, as most of it must be; that it cost little is what is measured.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Slabs of secret memory and code that is compiled at the first call are no cost of a length.
    private static void WarmUp(Opaque valid, HostileEncodings.Decoder decode)
    {
        var secrets = Enumerable.Range(0, 4096).Select(_ => Secret.Zero(1)).ToArray();
        foreach (var secret in secrets)
            secret.Dispose();
        decode(valid);
        foreach (var bytes in HostileEncodings.Of(valid).Take(30))
            Allocated(bytes, decode);
    }
}
