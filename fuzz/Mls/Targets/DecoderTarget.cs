using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>
/// One structure's decoder: what it takes it writes again byte for byte, and whatever lengths the input claims, it
/// allocates in proportion to the bytes that are there.
/// </summary>
internal sealed class DecoderTarget<T>(string name, params IEnumerable<T> valid) : FuzzTarget(name) where T : IWireStruct<T>
{
    /// <summary>What a byte may cost: the densest structures are vectors whose elements have two or three bytes on the wire.</summary>
    private const long AllocatedPerByte = 128;

    /// <summary>What an exception with its message and stack trace may cost.</summary>
    private const long AllocatedAnyway = 32 * 1024;

    public override IReadOnlyList<byte[]> Seeds { get; } = [.. valid.Select(value => Tls.Encode(value).Span.ToArray())];

    public override void Take(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        T value;
        try
        {
            value = Tls.Decode<T>(new Opaque(input));
        }
        catch (MlsException)
        {
            CheckAllocated(before, input);
            throw;
        }
        CheckAllocated(before, input);
        var again = Tls.Encode(value);
        (value as IDisposable)?.Dispose();
        if (!again.Span.SequenceEqual(input))
            throw new FuzzFault($"what was decoded encodes as {again}");
    }

    private static void CheckAllocated(long before, byte[] input)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > AllocatedAnyway + AllocatedPerByte * input.Length)
            throw new FuzzFault($"{allocated} bytes allocated for an input of {input.Length}");
    }
}
