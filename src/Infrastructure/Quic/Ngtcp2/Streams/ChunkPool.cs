using System.Runtime.InteropServices;

namespace Skytale.Quic.Ngtcp2.Streams;

/// <summary>
/// Native memory for stream data under way. ngtcp2 keeps pointers to it until the peer has acknowledged, so that it is
/// neither managed nor moved. Any thread.
/// </summary>
internal sealed unsafe class ChunkPool(TransportCounters counters) : IDisposable
{
    internal const int ChunkSize = 32 << 10;

    /// <summary>Free chunks that are kept: 32 MiB at most.</summary>
    private const int MaxFree = 1024;

    private readonly Lock _gate = new();
    private readonly Stack<nint> _free = new();
    private bool _disposed;

    internal byte* Rent()
    {
        counters.AddChunks(1);
        lock (_gate)
        {
            if (_free.TryPop(out var chunk))
                return (byte*)chunk;
        }
        return (byte*)NativeMemory.Alloc(ChunkSize);
    }

    internal void Return(byte* chunk)
    {
        counters.AddChunks(-1);
        lock (_gate)
        {
            if (!_disposed && _free.Count < MaxFree)
            {
                _free.Push((nint)chunk);
                return;
            }
        }
        NativeMemory.Free(chunk);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            while (_free.TryPop(out var chunk))
                NativeMemory.Free((void*)chunk);
        }
    }
}
