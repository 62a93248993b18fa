using System.Runtime.CompilerServices;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2.Streams;

/// <summary>
/// One stream, as the application sees it. What both sides touch is under one lock; everything that concerns ngtcp2 is left
/// as a request for the loop, which serves all requests of a stream at once.
/// </summary>
internal sealed partial class Ngtcp2Stream : ITransportStream, ILoopWork
{
    private readonly Ngtcp2Connection _connection;
    private readonly Lock _gate = new();
    private readonly SendBuffer _send;
    private readonly ByteQueue _received = new(RentedBuffers.Uncounted);
    private readonly AsyncSignal _readable = new();
    private readonly AsyncSignal _writable = new();
    private int _reading;
    private int _writing;
    private StreamEnd? _readEnd;
    private StreamEnd? _writeEnd;
    private bool _finReceived;
    private bool _finQueued;
    private bool _abandoned; // Reset or disposed here.
    private int _posted;

    internal Ngtcp2Stream(Ngtcp2Connection connection, long id, bool isOurs, ChunkPool pool)
    {
        _connection = connection;
        _send = new SendBuffer(pool);
        Id = id;
        if (StreamIds.KindOf(id) == StreamKind.Unidirectional)
            (_readEnd, _writeEnd) = isOurs ? ((StreamEnd?)StreamEnd.Never, (StreamEnd?)null) : (null, StreamEnd.Never);
    }

    public long Id { get; }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must hold at least one byte.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            throw new InvalidOperationException("A read of this stream is still under way.");

        var waits = false;
        try
        {
            if (TryRead(buffer.Span, out var count))
                return new ValueTask<int>(count);
            waits = true;
        }
        finally
        {
            if (!waits)
                Volatile.Write(ref _reading, 0);
        }
        return ReadWhenReadableAsync(buffer, cancellationToken);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty && !endStream)
            throw new ArgumentException("The buffer must hold at least one byte, unless it ends the stream.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("A write of this stream is still under way.");

        var waits = false;
        int taken;
        try
        {
            if (TryWrite(buffer.Span, endStream, out taken))
                return ValueTask.CompletedTask;
            waits = true;
        }
        finally
        {
            if (!waits)
                Volatile.Write(ref _writing, 0);
        }
        return WriteWhenWritableAsync(buffer[taken..], endStream, cancellationToken);
    }

    public void Reset(ulong code) => Abandon(StreamEnd.ResetHere(code), code, keepsQueuedFin: false);

    /// <summary>A stream whose end was written goes on to be sent; any other is reset with code 0.</summary>
    public ValueTask DisposeAsync()
    {
        Abandon(StreamEnd.DisposedHere, code: 0, keepsQueuedFin: true);
        return ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadWhenReadableAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            int count;
            do
                await _readable.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (!TryRead(buffer.Span, out count));
            return count;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WriteWhenWritableAsync(ReadOnlyMemory<byte> rest, bool endStream, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await _writable.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (TryWrite(rest.Span, endStream, out var taken))
                    return;
                rest = rest[taken..];
            }
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    /// <summary>Reads what is there; with nothing there, arms the signal and says false.</summary>
    private bool TryRead(Span<byte> destination, out int count)
    {
        lock (_gate)
        {
            count = _received.Take(destination);
            if (count == 0)
            {
                if (_finReceived)
                    return true;
                if (_readEnd is not null)
                    throw _readEnd.ToException();
                _readable.Arm();
                return false;
            }
            _uncredited += count;
            if (_uncredited >= _connection.StreamCreditStep)
                Post();
        }
        _connection.Consumed(count);
        return true;
    }

    /// <summary>Buffers what there is room for; false, with the signal armed, when something is left over.</summary>
    private bool TryWrite(ReadOnlySpan<byte> bytes, bool endStream, out int taken)
    {
        lock (_gate)
        {
            if (_finQueued && !_abandoned)
                throw new InvalidOperationException("The stream's end was already written.");
            if (_writeEnd is not null)
                throw _writeEnd.ToException();
            taken = _send.Append(bytes);
            var all = taken == bytes.Length;
            if (all)
                _finQueued = endStream;
            else
                _writable.Arm();
            if (taken > 0 || _finQueued)
                Post();
            return all;
        }
    }

    private void Abandon(StreamEnd end, ulong code, bool keepsQueuedFin)
    {
        int dropped;
        lock (_gate)
        {
            if (_abandoned)
                return;
            _abandoned = true;
            var writesOn = keepsQueuedFin && _finQueued;
            _stopReadingRequested = writesOn && !_finReceived && _readEnd is null;
            _resetRequested = !writesOn;
            _resetCode = code;
            _readEnd ??= end;
            _writeEnd ??= end;
            _finReceived = false;
            dropped = _received.Clear();
            _readable.Set();
            _writable.Set();
        }
        _connection.Consumed(dropped);
        Post();
    }

    private void Post()
    {
        if (Interlocked.Exchange(ref _posted, 1) == 0)
            _connection.Post(this);
    }
}
