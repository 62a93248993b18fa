using System.Buffers;

namespace Skytale.Transport;

/// <summary>Buffers of the process's pool, counted while they are out. Any thread.</summary>
internal sealed class RentedBuffers
{
    private int _out;

    /// <summary>For those whose buffers nobody counts.</summary>
    internal static RentedBuffers Uncounted { get; } = new();

    internal int Out => Volatile.Read(ref _out);

    /// <summary>At least so many bytes, of any content.</summary>
    internal byte[] Rent(int size)
    {
        Interlocked.Increment(ref _out);
        return ArrayPool<byte>.Shared.Rent(size);
    }

    /// <summary>Gives it back. It held plaintext: the next renter must not find it.</summary>
    /// <param name="buffer">A buffer from here.</param>
    /// <param name="written">How far it was written.</param>
    internal void Return(byte[] buffer, int written)
    {
        buffer.AsSpan(0, written).Clear();
        ArrayPool<byte>.Shared.Return(buffer);
        Interlocked.Decrement(ref _out);
    }
}
