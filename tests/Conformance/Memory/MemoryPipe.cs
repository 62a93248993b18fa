namespace Skytale.Conformance.Memory;

/// <summary>One direction of a stream: bytes that were written and not read, within the receiver's windows. The link's lock guards it.</summary>
internal sealed class MemoryPipe(MemoryConnection receiver)
{
    private readonly Queue<byte[]> _blocks = new();
    private int _readAt;
    private int _unread;

    internal bool IsFinished { get; private set; }

    /// <summary>The writer gave up with this code.</summary>
    internal ulong? ResetCode { get; private set; }

    /// <summary>The reader gave up with this code.</summary>
    internal ulong? StopCode { get; private set; }

    /// <summary>Nothing more will be written.</summary>
    internal bool IsOver => IsFinished || ResetCode is not null || StopCode is not null;

    internal bool HasUnread => _unread > 0;

    /// <summary>Takes as much as the stream's and the connection's windows allow.</summary>
    internal int Append(ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(receiver.Limits.StreamWindow - _unread, receiver.Limits.ConnectionWindow - receiver.Unread);
        var taken = Math.Max(0, Math.Min(room, bytes.Length));
        if (taken > 0)
        {
            _blocks.Enqueue(bytes[..taken].ToArray());
            _unread += taken;
            receiver.Unread += taken;
        }
        return taken;
    }

    internal void Finish() => IsFinished = true;

    internal int Take(Span<byte> destination)
    {
        var taken = 0;
        while (taken < destination.Length && _blocks.TryPeek(out var block))
        {
            var length = Math.Min(destination.Length - taken, block.Length - _readAt);
            block.AsSpan(_readAt, length).CopyTo(destination[taken..]);
            taken += length;
            _readAt += length;
            if (_readAt == block.Length)
            {
                _blocks.Dequeue();
                _readAt = 0;
            }
        }
        _unread -= taken;
        receiver.Unread -= taken;
        return taken;
    }

    internal void ResetByWriter(ulong code)
    {
        if (IsOver)
            return;
        ResetCode = code;
        Drop();
    }

    internal void StopByReader(ulong code)
    {
        Drop();
        if (!IsOver)
            StopCode = code;
    }

    private void Drop()
    {
        receiver.Unread -= _unread;
        _unread = 0;
        _readAt = 0;
        _blocks.Clear();
    }
}
