using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Streams;

/// <summary>
/// A stream's bytes from the application's write to the peer's acknowledgement, in chunks that stay where they are.
/// Offsets count from the stream's start: acknowledged ≤ sent ≤ end. The owner's lock guards all of it.
/// </summary>
internal sealed unsafe class SendBuffer(ChunkPool pool)
{
    /// <summary>Bytes that a stream holds at most before its writer waits.</summary>
    internal const int Capacity = 1 << 20;

    private nint[] _ring = new nint[4];
    private int _head;
    private int _count;
    private long _start; // The offset of the first chunk's first byte.
    private long _acknowledged;
    private bool _freed;

    internal long End { get; private set; }

    internal long Sent { get; private set; }

    internal bool HasUnsent => Sent < End;

    internal int Room => _freed ? 0 : (int)(Capacity - (End - _acknowledged));

    /// <summary>Takes as much as there is room for; returns how much.</summary>
    internal int Append(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, Room);
        for (var left = bytes[..taken]; left.Length > 0;)
        {
            if (End == _start + (long)_count * ChunkPool.ChunkSize)
                AddChunk();
            var chunk = ChunkAt(End, out var within);
            var length = Math.Min(left.Length, ChunkPool.ChunkSize - within);
            left[..length].CopyTo(new Span<byte>(chunk + within, length));
            left = left[length..];
            End += length;
        }
        return taken;
    }

    /// <summary>Describes unsent bytes in place; returns how many pieces, and whether they reach the end.</summary>
    internal int Describe(Ngtcp2Vec* pieces, int max, out bool reachesEnd)
    {
        var offset = Sent;
        var count = 0;
        for (; offset < End && count < max; count++)
        {
            var chunk = ChunkAt(offset, out var within);
            var length = Math.Min(ChunkPool.ChunkSize - within, End - offset);
            pieces[count] = new Ngtcp2Vec { Base = chunk + within, Length = (nuint)length };
            offset += length;
        }
        reachesEnd = offset == End;
        return count;
    }

    internal void MarkSent(long bytes) => Sent += bytes;

    /// <summary>The peer has everything before this offset: whole chunks go back, and all of them when nothing is under way.</summary>
    internal void Acknowledge(long offset)
    {
        _acknowledged = offset;
        while (_count > 0 && _start + ChunkPool.ChunkSize <= offset)
            DropFirst();
        if (_count == 1 && offset == End)
        {
            DropFirst();
            _start = End;
        }
    }

    /// <summary>Gives everything back: ngtcp2 will not look at it again.</summary>
    internal void Free()
    {
        _freed = true;
        while (_count > 0)
            DropFirst();
        Sent = End;
    }

    private byte* ChunkAt(long offset, out int within)
    {
        var distance = offset - _start;
        within = (int)(distance % ChunkPool.ChunkSize);
        return (byte*)_ring[(_head + (int)(distance / ChunkPool.ChunkSize)) & (_ring.Length - 1)];
    }

    private void AddChunk()
    {
        if (_count == _ring.Length)
        {
            var larger = new nint[_ring.Length * 2];
            for (var i = 0; i < _count; i++)
                larger[i] = _ring[(_head + i) & (_ring.Length - 1)];
            _ring = larger;
            _head = 0;
        }
        _ring[(_head + _count++) & (_ring.Length - 1)] = (nint)pool.Rent();
    }

    private void DropFirst()
    {
        pool.Return((byte*)_ring[_head]);
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        _start += ChunkPool.ChunkSize;
    }
}
