using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>What happens to streams, from ngtcp2's callbacks and from the application's requests.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    private readonly Dictionary<long, Ngtcp2Stream> _streams = [];

    public void RunOnLoop()
    {
        Interlocked.Exchange(ref _posted, 0);
        if (_startPending)
        {
            _startPending = false;
            TryStartClient();
        }
        if (_state != State.Open)
            return;

        var credit = Interlocked.Exchange(ref _uncredited, 0);
        if (credit > 0)
            Ngtcp2Native.ngtcp2_conn_extend_max_offset(_conn, (ulong)credit);
        var bidirectional = Interlocked.Exchange(ref _bidirectionalToAllow, 0);
        if (bidirectional > 0)
            Ngtcp2Native.ngtcp2_conn_extend_max_streams_bidi(_conn, (nuint)bidirectional);
        var unidirectional = Interlocked.Exchange(ref _unidirectionalToAllow, 0);
        if (unidirectional > 0)
            Ngtcp2Native.ngtcp2_conn_extend_max_streams_uni(_conn, (nuint)unidirectional);
        OpenWaiting();
        MarkDirty();
    }

    /// <summary>Does what the application asked of a stream.</summary>
    internal void Serve(Ngtcp2Stream stream, StreamRequests requests)
    {
        if (_state != State.Open || requests.WireClosed)
            return;
        // These only fail for a stream that ngtcp2 has forgotten: then there is nothing left to ask.
        if (requests.Credit > 0)
            _ = Ngtcp2Native.ngtcp2_conn_extend_max_stream_offset(_conn, stream.Id, (ulong)requests.Credit);
        if (requests.ResetCode is { } code)
            _ = Ngtcp2Native.ngtcp2_conn_shutdown_stream(_conn, 0, stream.Id, code);
        if (requests.StopReading)
            _ = Ngtcp2Native.ngtcp2_conn_shutdown_stream_read(_conn, 0, stream.Id, 0);
        Enqueue(stream);
    }

    internal void OnStreamOpened(long id)
    {
        var stream = AddStream(id);
        LaneOf(StreamIds.KindOf(id)).Incoming.Writer.TryWrite(stream);
    }

    internal void OnStreamData(long id, ReadOnlySpan<byte> bytes, bool fin)
    {
        if (_streams.TryGetValue(id, out var stream))
            Consumed(stream.OnData(bytes, fin));
        else
            Consumed(bytes.Length);
    }

    internal void OnStreamAcknowledged(long id, long offset)
    {
        if (_streams.TryGetValue(id, out var stream))
            stream.OnAcknowledged(offset);
    }

    internal void OnMoreStreamWindow(long id)
    {
        if (_streams.TryGetValue(id, out var stream))
            Enqueue(stream);
    }

    internal void OnStreamReset(long id, ulong code)
    {
        if (_streams.TryGetValue(id, out var stream))
            Consumed(stream.OnReset(code));
    }

    internal void OnStopSending(long id, ulong code)
    {
        if (_streams.TryGetValue(id, out var stream))
            stream.OnStopSending(code);
    }

    /// <param name="code">The code of the reset that closed it; null when both ends came.</param>
    internal void OnStreamClosed(long id, ulong? code)
    {
        if (!_streams.Remove(id, out var stream))
            return;
        _endpoint.Counters.AddStreams(-1);
        var accepted = stream.OnWireClosed(code);
        if (accepted && !StreamIds.IsOf(id, IsServer))
            AllowOneMoreStream(StreamIds.KindOf(id));
    }

    private Ngtcp2Stream AddStream(long id)
    {
        var stream = new Ngtcp2Stream(this, id, isOurs: StreamIds.IsOf(id, IsServer), _endpoint.Chunks);
        _streams.Add(id, stream);
        _endpoint.Counters.AddStreams(1);
        return stream;
    }

    /// <summary>Opens streams for those who wait, as far as the peer's limit goes: after every read, for that may have moved it.</summary>
    private void OpenWaiting()
    {
        lock (_gate)
        {
            OpenWaiting(_bidirectional);
            OpenWaiting(_unidirectional);
        }
    }

    private void OpenWaiting(StreamLane<Ngtcp2Stream> lane)
    {
        while (_state == State.Open && lane.IsWaitedFor)
        {
            long id;
            var result = lane.Kind == StreamKind.Bidirectional
                ? Ngtcp2Native.ngtcp2_conn_open_bidi_stream(_conn, &id, null)
                : Ngtcp2Native.ngtcp2_conn_open_uni_stream(_conn, &id, null);
            if (result == Ngtcp2Error.StreamIdBlocked)
                return;
            if (result != 0)
                throw new InvalidOperationException($"Opening a {lane.Kind} stream: {Ngtcp2Native.ErrorText(result)}");
            var stream = AddStream(id);
            _ = stream.Accept();
            if (lane.TakeFirst() is { } request)
                request.Answer(stream);
            else
                _ = Ngtcp2Native.ngtcp2_conn_shutdown_stream(_conn, 0, id, 0);
        }
    }
}
