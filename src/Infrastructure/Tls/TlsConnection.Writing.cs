using System.Net.Sockets;
using Skytale.Protocol.Transport;
using Skytale.Tls.Frames;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>
/// The writing loop. Nothing is queued but streams, each at most once: what is due is state, so that no peer can make
/// frames pile up. Streams take turns of one data frame.
/// </summary>
internal sealed partial class TlsConnection
{
    private const int BatchSize = 64 << 10;

    /// <summary>A stream's turn needs room for each of its small frames and for some data.</summary>
    private const int LeastRoom = 1024;

    private readonly AsyncSignal _work = new();
    private readonly Queue<TlsStream> _ready = new();
    private readonly HashSet<TlsStream> _starved = []; // They wait for connection credit.
    private PeerSettings _peer;
    private long _connectionCredit;
    private int _connectionReceiveCredit; // What the peer may still send on all streams together.
    private int _uncredited;
    private bool _settingsSent;
    private bool _pingDue;
    private bool _pongDue;
    private bool _sentSinceReceived;

    /// <summary>Gives the stream a turn. Inside the lock.</summary>
    internal void Enqueue(TlsStream stream)
    {
        if (stream.IsQueued || _end is not null)
            return;
        stream.IsQueued = true;
        _ready.Enqueue(stream);
        _work.Set();
    }

    /// <summary>The application took bytes, or they were dropped: in steps, the peer may send more. Inside the lock.</summary>
    internal void Consumed(int bytes)
    {
        _uncredited += bytes;
        if (_uncredited >= _connectionCreditStep)
            _work.Set();
    }

    private async Task WriteLoopAsync()
    {
        byte[]? batch = null;
        var used = 0;
        try
        {
            for (var isLast = false; !isLast;)
            {
                int length;
                batch ??= Counters.Work.Rent(BatchSize);
                lock (Gate)
                {
                    length = Collect(batch.AsSpan(0, BatchSize), out isLast);
                    if (length == 0 && !isLast)
                        _work.Arm();
                }
                if (length > 0)
                {
                    used = Math.Max(used, length);
                    await _tls.WriteAsync(batch.AsMemory(0, length), CancellationToken.None).ConfigureAwait(false);
                    Counters.AddSent(length);
                }
                else if (!isLast)
                {
                    Counters.Work.Return(batch, used); // A quiet connection holds no batch.
                    (batch, used) = (null, 0);
                    await _work.WaitAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
            // The peer reads to here; our reading loop goes on until it has closed too, or for the time to linger.
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e)
        {
            OnLoopFailed(e);
        }
        finally
        {
            if (batch is not null)
                Counters.Work.Return(batch, used);
        }
    }

    private int Collect(Span<byte> batch, out bool isLast)
    {
        var writer = new FrameWriter(batch);
        isLast = _end is not null;
        if (!_settingsSent)
            writer.WriteSettings(PeerSettings.From(_limits));
        _settingsSent = true;
        if (isLast)
        {
            if (_lastFrame is { } last)
                writer.WriteEnd(last.Type, last.Code, last.Reason);
            return writer.Length;
        }

        CollectOwn(ref writer);
        while (writer.Room >= LeastRoom && _ready.TryDequeue(out var stream))
        {
            stream.IsQueued = false;
            stream.Collect(ref writer, ref _connectionCredit);
            _sentSinceReceived = true;
            RemoveIfOver(stream);
            if (stream.HasSendableData && _connectionCredit > 0)
                Enqueue(stream);
            else if (stream.HasSendableData)
                _starved.Add(stream);
        }
        return writer.Length;
    }

    private void CollectOwn(ref FrameWriter writer)
    {
        if (_pongDue)
            writer.Write(FrameType.Pong);
        if (_pingDue)
            writer.Write(FrameType.Ping);
        _pongDue = _pingDue = false;
        if (_uncredited >= _connectionCreditStep)
        {
            writer.WriteUInt32(FrameType.ConnectionCredit, 0, (uint)_uncredited);
            _connectionReceiveCredit += _uncredited;
            _uncredited = 0;
        }
        if (_bidirectional.Due + _unidirectional.Due > 0)
        {
            writer.WriteStreamsCredit((uint)_bidirectional.Due, (uint)_unidirectional.Due);
            foreach (var lane in _lanes)
            {
                lane.TheirAllowed += lane.Due;
                lane.Due = 0;
            }
        }
    }

    /// <summary>Streams that only waited for connection credit take their turns again.</summary>
    private void FeedStarved()
    {
        foreach (var stream in _starved)
            Enqueue(stream);
        _starved.Clear();
    }
}
