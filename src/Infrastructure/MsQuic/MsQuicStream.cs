using System.Net.Quic;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// One stream, of either kind; a unidirectional one has only one of the two directions. This file is what the application
/// calls; the other (Receiving) takes bytes out of System.Net.Quic and sees to the stream's end.
/// </summary>
internal sealed partial class MsQuicStream : ITransportStream
{
    /// <summary>One write of System.Net.Quic, which copies what it takes: a large write in one piece would be buffered whole and wait for nobody.</summary>
    private const int WriteSize = 64 << 10;

    private readonly MsQuicConnection _connection;
    private readonly INativeStream _quic;
    private readonly MsQuicCounters _counters;
    private readonly bool _isOurs;
    private readonly Lock _gate = new();
    private readonly AsyncSignal _readable = new();
    private readonly ByteQueue _received = new(RentedBuffers.Uncounted);
    private int _reading;
    private int _writing;
    private StreamEnd? _readEnd;
    private StreamEnd? _writeEnd;
    private bool _finReceived;
    private bool _finWritten;
    private bool _abandoned; // Reset or disposed here.

    internal MsQuicStream(MsQuicConnection connection, INativeStream quic, bool isOurs, MsQuicCounters counters)
    {
        _connection = connection;
        _quic = quic;
        _isOurs = isOurs;
        _counters = counters;
        Id = quic.Id;
        _readEnd = quic.CanRead ? null : StreamEnd.Never;
        _writeEnd = quic.CanWrite ? null : StreamEnd.Never;
    }

    /// <summary>System.Net.Quic resets the direction of a write that is cancelled, with its default code.</summary>
    internal static StreamEnd Cancelled { get; } = new(TransportError.StreamReset, "This side ended the direction when a write was cancelled.", 0);

    public long Id { get; }

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
            ThrowIfNotWritable();
            do
            {
                var piece = buffer[..Math.Min(buffer.Length, WriteSize)];
                buffer = buffer[piece.Length..];
                await _quic.WriteAsync(piece, completeWrites: endStream && buffer.IsEmpty, cancellationToken).ConfigureAwait(false);
                _counters.AddSent(piece.Length);
            }
            while (!buffer.IsEmpty);
            lock (_gate)
                _finWritten = endStream;
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
                _writeEnd ??= Cancelled;
            throw;
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            throw WritingEnded(e).ToException();
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public void Reset(ulong code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, MsQuicConnection.MaxCode);
        Abandon(StreamEnd.ResetHere(code), code, keepsFin: false);
    }

    /// <summary>A stream whose end was written goes on to be sent; any other is reset with code 0.</summary>
    public ValueTask DisposeAsync()
    {
        Abandon(StreamEnd.DisposedHere, code: 0, keepsFin: true);
        return ValueTask.CompletedTask;
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
            if (_received.Length < ReadAhead)
                _space.Set();
            return true;
        }
    }

    private void ThrowIfNotWritable()
    {
        lock (_gate)
        {
            if (_finWritten && !_abandoned)
                throw new InvalidOperationException("The stream's end was already written.");
            if (_writeEnd is not null)
                throw _writeEnd.ToException();
        }
    }

    /// <summary>Why the direction is over; the first reason counts.</summary>
    private StreamEnd WritingEnded(Exception e)
    {
        lock (_gate)
        {
            if (_writeEnd is not null)
                return _writeEnd;
        }
        var end = QuicErrors.StreamCode(e) is { } code ? StreamEnd.StoppedByPeer(code) : _connection.EndOf(e);
        lock (_gate)
            return _writeEnd ??= end;
    }

    private void Abandon(StreamEnd end, ulong code, bool keepsFin)
    {
        QuicAbortDirection directions;
        lock (_gate)
        {
            if (_abandoned)
                return;
            _abandoned = true;
            directions = keepsFin && _finWritten ? QuicAbortDirection.Read : QuicAbortDirection.Both;
            _readEnd ??= end;
            _writeEnd ??= end;
            _received.Clear();
            _readable.Set();
            _space.Set();
        }
        try
        {
            _quic.Abort(directions, (long)code);
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            // The stream or its connection has ended meanwhile: there is nobody left to be told.
        }
    }
}
