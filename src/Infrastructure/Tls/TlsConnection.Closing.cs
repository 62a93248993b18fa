using Skytale.Protocol.Transport;
using Skytale.Tls.Frames;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>A connection's clock and its end, of which there is one: the first.</summary>
internal sealed partial class TlsConnection
{
    /// <summary>How long an ended connection waits for its last bytes to go and for the peer to close too.</summary>
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(2);

    private TransportClosed? _end;
    private LastFrame? _lastFrame;
    private long _lastReceived; // Milliseconds of the system's tick count.
    private long _idle;
    private long _pingAfter;
    private bool _pinged;

    private sealed record LastFrame(FrameType Type, ulong Code, string Reason);

    /// <summary>The first end counts: it is told to everybody who waits, and in the last frame to the peer. Inside the lock.</summary>
    private void End(TransportClosed closed, LastFrame? lastFrame)
    {
        if (_end is not null)
            return;
        _end = closed;
        _lastFrame = lastFrame;
        foreach (var stream in _streams.Values)
        {
            stream.OnConnectionEnded(closed);
            if (stream.HasUnread)
                _unread.Add(stream);
        }
        if (closed.Kind == TransportClosedBy.Local)
            Discard();
        Counters.AddStreams(-_streams.Count);
        _streams.Clear();
        _ready.Clear();
        _starved.Clear();
        _closed.TrySetResult(closed);
        foreach (var lane in _lanes)
        {
            foreach (var request in lane.Waiting.TakeAll())
                request.TryFail(StreamEnd.With(closed).ToException());
            lane.Waiting.Incoming.Writer.TryComplete();
        }
        _started.TrySetResult(); // Whoever waits for the start looks at the end.
        _work.Set();
        _clock.Change(s_linger, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends a connection that nobody was given, without a word and at once.</summary>
    internal void Drop()
    {
        lock (Gate)
            End(new TransportClosed(TransportClosedBy.Local, 0, ""), null);
        _socket.Dispose();
    }

    private void OnAbort(ulong code, string reason)
    {
        var closed = code == (ulong)MuxError.IdleTimeout
            ? new TransportClosed(TransportClosedBy.IdleTimeout, 0, "")
            : new TransportClosed(TransportClosedBy.Transport, 0, $"the peer aborted with error {code}: {reason}");
        End(closed, null);
    }

    /// <summary>The socket failed, or TLS did, or we have a bug: the connection cannot go on, and says why.</summary>
    private void OnLoopFailed(Exception e)
    {
        lock (Gate)
            End(new TransportClosed(TransportClosedBy.Transport, 0, e.Message), new LastFrame(FrameType.Abort, (ulong)MuxError.Internal, ""));
    }

    private async Task CompleteAsync(Task reading)
    {
        await _writing.ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        await _clock.DisposeAsync().ConfigureAwait(false);
        await _tls.DisposeAsync().ConfigureAwait(false);
        Counters.AddConnections(-1);
    }

    /// <summary>Both sides' idle timeouts are known. Inside the lock.</summary>
    private void StartClock()
    {
        _idle = (long)_limits.IdleTimeout.TotalMilliseconds;
        if (_peer.IdleTimeout > 0 && (_idle <= 0 || _peer.IdleTimeout < _idle))
            _idle = _peer.IdleTimeout;
        _pingAfter = (long)_limits.KeepAlive.TotalMilliseconds;
        OnClock();
    }

    private void OnClock()
    {
        lock (Gate)
        {
            if (_end is not null)
            {
                _socket.Dispose(); // The time to linger is over: both loops fail now.
                return;
            }
            var quiet = Environment.TickCount64 - _lastReceived;
            if (_idle > 0 && quiet >= _idle)
            {
                End(new TransportClosed(TransportClosedBy.IdleTimeout, 0, ""), new LastFrame(FrameType.Abort, (ulong)MuxError.IdleTimeout, "idle"));
                return;
            }

            // Whoever has sent something wants to know that it arrives, keep-alive or not.
            var asks = _pingAfter > 0 ? _pingAfter : _idle / 2;
            if (!_pinged && asks > 0 && quiet >= asks && (_pingAfter > 0 || _sentSinceReceived))
            {
                _pinged = _pingDue = true;
                _work.Set();
            }
            var next = Math.Min(_idle > 0 ? _idle - quiet : long.MaxValue, asks > 0 ? (quiet < asks ? asks - quiet : asks) : long.MaxValue);
            _clock.Change(next == long.MaxValue ? Timeout.Infinite : Math.Max(1, next), Timeout.Infinite);
        }
    }
}
