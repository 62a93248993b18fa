using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// The receiving half. Bytes are taken out of System.Net.Quic as they come, because it drops what it holds when the
/// connection ends, and because its reads cannot be cancelled without ending the direction.
/// </summary>
internal sealed partial class MsQuicStream
{
    /// <summary>Bytes that are kept for the application; behind them the stream's window fills, and the peer waits.</summary>
    private const int ReadAhead = 64 << 10;

    private const int ReadSize = 16 << 10;

    private readonly AsyncSignal _space = new();
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _connectionEnded;
    private bool _connectionEndedHere;

    /// <summary>System.Net.Quic has given the stream back. Never faults.</summary>
    internal Task Completion { get; private set; } = Task.CompletedTask;

    internal void Start()
    {
        if (_isOurs)
            _accepted.TrySetResult();
        Completion = Task.Run(LiveAsync);
    }

    internal void OnAccepted() => _accepted.TrySetResult();

    /// <summary>What came before the peer's end can be read still; what this side has ended is over at once.</summary>
    internal void OnConnectionEnded(TransportClosed closed)
    {
        lock (_gate)
        {
            _connectionEnded = true;
            if (closed.Kind == TransportClosedBy.Local)
            {
                _connectionEndedHere = true;
                _readEnd ??= StreamEnd.With(closed);
                _writeEnd ??= StreamEnd.With(closed);
                _received.Clear();
                _readable.Set();
            }
            _space.Set();
        }
        _accepted.TrySetResult();
    }

    /// <summary>
    /// Both directions to their ends. Then the stream is given back, and with it the peer's place for one more, but not before
    /// the application has accepted it: streams that nobody accepts count against the limit.
    /// </summary>
    private async Task LiveAsync()
    {
        if (_quic.CanRead)
            await ReceiveAsync().ConfigureAwait(false);
        try
        {
            await _quic.WritesClosed.ConfigureAwait(false); // Acknowledged to the end, or aborted.
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            WritingEnded(e);
        }
        await _accepted.Task.ConfigureAwait(false);
        await _quic.DisposeAsync().ConfigureAwait(false);
        _connection.Forget(this);
    }

    private async Task ReceiveAsync()
    {
        var buffer = RentedBuffers.Uncounted.Rent(ReadSize);
        var shown = _isOurs;
        try
        {
            int count;
            do
            {
                count = await _quic.ReadAsync(buffer.AsMemory(0, ReadSize)).ConfigureAwait(false);
                var full = Keep(buffer.AsSpan(0, count));
                if (!shown)
                    _connection.Show(this);
                shown = true;
                if (full)
                    await _space.WaitAsync(CancellationToken.None).ConfigureAwait(false);

                // Reading on would let the peer write on, and giving the stream back would reset it, before the close is said.
                if (Volatile.Read(ref _connectionEndedHere))
                    await _connection.Shut.ConfigureAwait(false);
            }
            while (count > 0);
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            ReceivingEnded(e);
            if (!shown && QuicErrors.StreamCode(e) is not null)
                _connection.Show(this);
        }
        finally
        {
            RentedBuffers.Uncounted.Return(buffer, ReadSize);
        }
    }

    /// <summary>Keeps what came for the application, none being the end; true, with the signal armed, when that is as much as may be.</summary>
    private bool Keep(ReadOnlySpan<byte> bytes)
    {
        _counters.AddReceived(bytes.Length);
        lock (_gate)
        {
            _finReceived |= bytes.IsEmpty;
            if (!_abandoned && _readEnd is null)
                _received.Append(bytes);
            _readable.Set();
            var full = _received.Length >= ReadAhead && !_connectionEnded;
            if (full)
                _space.Arm();
            return full;
        }
    }

    /// <summary>Why the direction is over; the first reason counts. The peer's reset drops what was not read (RFC 9000 § 3.2), the connection's end does not.</summary>
    private void ReceivingEnded(Exception e)
    {
        lock (_gate)
        {
            if (_readEnd is not null)
                return;
        }
        var code = QuicErrors.StreamCode(e);
        var end = code is { } known ? StreamEnd.ResetByPeer(known) : _connection.EndOf(e);
        lock (_gate)
        {
            _readEnd ??= end;
            if (code is not null)
                _received.Clear();
            _readable.Set();
        }
    }
}
