using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>
/// One structure's decoder: what it takes it writes again byte for byte, and whatever lengths the input claims, it
/// allocates in proportion to the bytes that are there.
/// </summary>
internal sealed class DecoderTarget<T>(FuzzGroup group, params IEnumerable<T> valid) : FuzzTarget(group) where T : IWireStruct<T>
{
    /// <summary>What a byte may cost: the densest structures are vectors whose elements have two or three bytes on the wire.</summary>
    private const long AllocatedPerByte = 128;

    /// <summary>What an exception with its message and stack trace may cost.</summary>
    private const long AllocatedAnyway = 32 * 1024;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. valid.Select(value => Tls.Encode(value).Span.ToArray())];

    public override void Take(byte[] input)
    {
        try
        {
            var value = Tls.Decode<T>(new Opaque(input));
            var again = Tls.Encode(value);
            (value as IDisposable)?.Dispose();
            if (!again.Span.SequenceEqual(input))
                throw new FuzzFault($"what was decoded encodes as {again}");
        }
        finally
        {
            CheckAllocated(input);
        }
    }

    // What is allocated in every one of a few times is the input's doing; a pool that was empty is filled once.
    private static void CheckAllocated(byte[] input)
    {
        const int Times = 3;
        var least = long.MaxValue;
        for (var time = 0; time < Times && least > AllocatedAnyway + AllocatedPerByte * input.Length; time++)
            least = Math.Min(least, Allocated(input));
        if (least > AllocatedAnyway + AllocatedPerByte * input.Length)
            throw new FuzzFault($"{least} bytes allocated for an input of {input.Length}");
    }

    private static long Allocated(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            (Tls.Decode<T>(new Opaque(input)) as IDisposable)?.Dispose();
        }
        catch (MlsException)
        {
            // Refused: what that cost counts as well.
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
