using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>
/// One stream. This file is what the application calls; the other (Frames) is what the connection's two loops call. The
/// connection's lock guards the state of both.
/// </summary>
internal sealed partial class TlsStream : ITransportStream
{
    /// <summary>Bytes that a writer may be ahead of the connection's writing loop.</summary>
    private const int SendCapacity = 128 << 10;

    private readonly TlsConnection _connection;
    private readonly AsyncSignal _readable = new();
    private readonly AsyncSignal _writable = new();
    private readonly ByteQueue _received;
    private readonly ByteQueue _toSend;
    private int _reading;
    private int _writing;
    private StreamEnd? _readEnd;
    private StreamEnd? _writeEnd;
    private bool _abandoned; // Reset or disposed here.

    internal TlsStream(TlsConnection connection, ulong id, bool isOurs, int sendCredit, int receiveCredit)
    {
        _connection = connection;
        _received = new ByteQueue(connection.Counters.Received);
        _toSend = new ByteQueue(connection.Counters.ToSend);
        _wireId = id;
        _openDue = isOurs;
        IsOurs = isOurs;
        _sendCredit = sendCredit;
        _receiveCredit = receiveCredit;
        if (StreamIds.KindOf(Id) == StreamKind.Bidirectional)
            return;
        (_readEnd, _writeEnd) = isOurs ? ((StreamEnd?)StreamEnd.Never, (StreamEnd?)null) : (null, StreamEnd.Never);
        (_receiveOver, _sendOver) = (isOurs, !isOurs);
    }

    public long Id => (long)_wireId;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must hold at least one byte.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            throw new InvalidOperationException("A read of this stream is still under way.");
        try
        {
            int count;
            while (!TryRead(buffer.Span, out count))
                await _readable.WaitAsync(cancellationToken).ConfigureAwait(false);
            return count;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty && !endStream)
            throw new ArgumentException("The buffer must hold at least one byte, unless it ends the stream.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("A write of this stream is still under way.");
        try
        {
            while (!TryWrite(buffer.Span, endStream, out var taken))
            {
                buffer = buffer[taken..];
                await _writable.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public void Reset(ulong code) => Abandon(StreamEnd.ResetHere(code), code, keepsQueuedFin: false);

    /// <summary>A stream whose end was written goes on to be sent; any other is reset with code 0.</summary>
    public ValueTask DisposeAsync()
    {
        Abandon(StreamEnd.DisposedHere, code: 0, keepsQueuedFin: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads what is there; with nothing there, arms the signal and says false.</summary>
    private bool TryRead(Span<byte> destination, out int count)
    {
        lock (_connection.Gate)
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
                _connection.Enqueue(this);
            _connection.Consumed(count);
            _connection.OnRead(this);
            return true;
        }
    }

    /// <summary>Queues what there is room for; false, with the signal armed, when something is left over.</summary>
    private bool TryWrite(ReadOnlySpan<byte> bytes, bool endStream, out int taken)
    {
        lock (_connection.Gate)
        {
            if (_finQueued && !_abandoned)
                throw new InvalidOperationException("The stream's end was already written.");
            if (_writeEnd is not null)
                throw _writeEnd.ToException();
            taken = Math.Min(bytes.Length, SendCapacity - _toSend.Length);
            _toSend.Append(bytes[..taken]);
            var all = taken == bytes.Length;
            if (all)
                _finQueued = endStream;
            else
                _writable.Arm();
            _connection.Enqueue(this);
            return all;
        }
    }

    private void Abandon(StreamEnd end, ulong code, bool keepsQueuedFin)
    {
        lock (_connection.Gate)
        {
            if (_abandoned)
                return;
            _abandoned = true;
            if (!_receiveOver)
                _stopDue = code;
            if (!_sendOver && !(keepsQueuedFin && _finQueued))
                DropUnsent(code);
            _readEnd ??= end;
            _writeEnd ??= end;
            DropReceived();
            _readable.Set();
            _writable.Set();
            _connection.Enqueue(this);
        }
    }
}
