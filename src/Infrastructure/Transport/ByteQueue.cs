namespace Skytale.Transport;

/// <summary>
/// Bytes of a stream in order: arrived and not read yet, or written and not sent yet. The stream's window bounds them; an
/// empty queue holds no memory. The owner's lock guards all of it.
/// </summary>
/// <param name="buffers">Where its memory comes from.</param>
internal sealed class ByteQueue(RentedBuffers buffers)
{
    internal const int SegmentSize = 16 << 10;

    private readonly Queue<byte[]> _segments = new();
    private byte[]? _last;
    private int _readAt;  // In the first segment.
    private int _writeAt; // In the last segment.

    internal int Length { get; private set; }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (bytes.Length > 0)
        {
            if (_last is null || _writeAt == _last.Length)
            {
                _last = buffers.Rent(SegmentSize);
                _segments.Enqueue(_last);
                _writeAt = 0;
            }
            var length = Math.Min(bytes.Length, _last.Length - _writeAt);
            bytes[..length].CopyTo(_last.AsSpan(_writeAt));
            _writeAt += length;
            bytes = bytes[length..];
        }
    }

    /// <summary>Moves up to the destination's length out; returns how much.</summary>
    internal int Take(Span<byte> destination)
    {
        var taken = 0;
        while (taken < destination.Length && Length > 0)
        {
            var first = _segments.Peek();
            var end = ReferenceEquals(first, _last) ? _writeAt : first.Length;
            var length = Math.Min(end - _readAt, destination.Length - taken);
            first.AsSpan(_readAt, length).CopyTo(destination[taken..]);
            taken += length;
            Length -= length;
            _readAt += length;
            if (_readAt == end)
                DropFirst();
        }
        return taken;
    }

    /// <summary>Throws the rest away; returns how much it was.</summary>
    internal int Clear()
    {
        var dropped = Length;
        while (_segments.Count > 0)
            DropFirst();
        Length = 0;
        return dropped;
    }

    private void DropFirst()
    {
        var first = _segments.Dequeue();
        var written = first.Length;
        if (ReferenceEquals(first, _last))
        {
            written = _writeAt;
            _last = null;
        }
        _readAt = 0;
        buffers.Return(first, written);
    }
}
