using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Tls.Frames;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>
/// One connection: a loop that reads frames, a loop that writes them in batches, and this file, which the application
/// calls. One lock guards the state of the connection and of its streams; nothing waits inside it.
/// </summary>
internal sealed partial class TlsConnection : ITransportConnection
{
    private readonly Socket _socket;
    private readonly SslStream _tls;
    private readonly bool _isServer;
    private readonly TransportLimits _limits;
    /// <summary>Streams that are over or whose connection has ended, with data that nobody has read yet.</summary>
    private readonly HashSet<TlsStream> _unread = [];
    private readonly Dictionary<ulong, TlsStream> _streams = [];
    private readonly TlsLane _bidirectional;
    private readonly TlsLane _unidirectional;
    private readonly TlsLane[] _lanes;
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _clock;
    private readonly int _connectionCreditStep;
    private readonly Task _writing;

    /// <summary>Starts both loops on a TLS connection that is authenticated; the streams become its own.</summary>
    internal TlsConnection(Socket socket, SslStream tls, bool isServer, TransportLimits limits, ReadOnlyMemory<byte> serverCertificateHash, TlsCounters counters)
    {
        _socket = socket;
        _tls = tls;
        _isServer = isServer;
        _limits = limits;
        Counters = counters;
        RemoteEndPoint = ((IPEndPoint)socket.RemoteEndPoint!).Unmapped();
        ServerCertificateHash = serverCertificateHash;
        StreamCreditStep = Math.Max(1, limits.StreamWindow / 8);
        _connectionCreditStep = Math.Max(1, limits.ConnectionWindow / 16);
        _connectionReceiveCredit = limits.ConnectionWindow;
        _bidirectional = new TlsLane(StreamKind.Bidirectional, isServer, limits.MaxStreams);
        _unidirectional = new TlsLane(StreamKind.Unidirectional, isServer, limits.MaxStreams);
        _lanes = [_bidirectional, _unidirectional];
        _lastReceived = Environment.TickCount64;
        _clock = new Timer(static connection => ((TlsConnection)connection!).OnClock(), this, Timeout.Infinite, Timeout.Infinite);
        counters.AddConnections(1);
        _writing = Task.Run(WriteLoopAsync);
        Completion = CompleteAsync(Task.Run(ReadLoopAsync));
    }

    public TransportKind Kind => TransportKind.Tls;

    public IPEndPoint RemoteEndPoint { get; }

    public ReadOnlyMemory<byte> ServerCertificateHash { get; }

    public Task<TransportClosed> Closed => _closed.Task;

    internal Lock Gate { get; } = new();

    internal TlsCounters Counters { get; }

    /// <summary>Bytes read of one stream after which its window is moved on.</summary>
    internal int StreamCreditStep { get; }

    /// <summary>The peer's settings are here, or the connection has ended. Never faults.</summary>
    internal Task Started => _started.Task;

    /// <summary>Both loops have ended and the socket is closed. Never faults.</summary>
    internal Task Completion { get; }

    public ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) => OpenAsync(_bidirectional, cancellationToken);

    public async ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) =>
        await OpenAsync(_unidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_bidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_unidirectional, cancellationToken).ConfigureAwait(false);

    private async ValueTask<ITransportStream> OpenAsync(TlsLane lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new OpenStreamRequest();
        lock (Gate)
        {
            ThrowIfEnded();
            if (lane.Allowed > 0)
                return Open(lane);
            lane.Waiting.Wait(request);
        }
        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((OpenStreamRequest)state!).TryCancel(token), request);
        await using (registration.ConfigureAwait(false))
            return await request.Task.ConfigureAwait(false);
    }

    private async ValueTask<TlsStream> AcceptAsync(TlsLane lane, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (_end?.Kind == TransportClosedBy.Local)
                ThrowIfEnded();
        }
        try
        {
            var stream = await lane.Waiting.Incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            lock (Gate)
            {
                stream.IsAccepted = true;
                if (stream.IsOver)
                    AllowOneMoreStream(lane);
            }
            return stream;
        }
        catch (ChannelClosedException)
        {
            throw StreamEnd.With(await _closed.Task.ConfigureAwait(false)).ToException();
        }
    }

    public async ValueTask CloseAsync(ulong code, string reason)
    {
        lock (Gate)
            End(new TransportClosed(TransportClosedBy.Local, code, reason), new LastFrame(FrameType.Close, code, reason));
        await _writing.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(0, "").ConfigureAwait(false);
        Discard(); // Where the peer has closed, CloseAsync came too late to do it.
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Nobody will read what an ended connection has received.</summary>
    internal void Discard()
    {
        lock (Gate)
        {
            foreach (var stream in _unread)
                stream.DropUnread(StreamEnd.With(_end!));
            _unread.Clear();
        }
    }

    private void ThrowIfEnded()
    {
        if (_end is not null)
            throw StreamEnd.With(_end).ToException();
    }

    /// <summary>The next stream of this side; one that the peer has allowed. Inside the lock.</summary>
    private TlsStream Open(TlsLane lane)
    {
        lane.Allowed--;
        var stream = new TlsStream(this, lane.NextOurs, isOurs: true, _peer.StreamWindow, _limits.StreamWindow);
        lane.NextOurs += StreamIds.Step;
        Add(stream);
        Enqueue(stream);
        return stream;
    }

    private void Add(TlsStream stream)
    {
        _streams.Add(stream.WireId, stream);
        Counters.AddStreams(1);
    }

    /// <summary>Forgets a stream that is over; one of the peer's makes place for another once it was accepted.</summary>
    private void RemoveIfOver(TlsStream stream)
    {
        if (!stream.IsOver || !_streams.Remove(stream.WireId))
            return;
        Counters.AddStreams(-1);
        if (stream.HasUnread)
            _unread.Add(stream);
        if (!stream.IsOurs && stream.IsAccepted)
            AllowOneMoreStream(LaneOf(stream.WireId));
    }

    /// <summary>The stream's application has taken something, or dropped it. Inside the lock.</summary>
    internal void OnRead(TlsStream stream)
    {
        if (_unread.Count > 0 && !stream.HasUnread)
            _unread.Remove(stream);
    }

    private TlsLane LaneOf(ulong id) => StreamIds.KindOf((long)id) == StreamKind.Bidirectional ? _bidirectional : _unidirectional;

    private void AllowOneMoreStream(TlsLane lane)
    {
        lane.Due++;
        _work.Set();
    }
}
