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
    private readonly TlsCounters _counters;
    private readonly Dictionary<ulong, TlsStream> _streams = [];
    private readonly Channel<TlsStream> _incoming = Channel.CreateUnbounded<TlsStream>();
    private readonly Queue<OpenStreamRequest> _opens = new();
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _clock;
    private readonly int _connectionCreditStep;
    private readonly Task _writing;
    private ulong _nextOurs;
    private ulong _nextTheirs;
    private int _streamsAllowed;

    /// <summary>Starts both loops on a TLS connection that is authenticated; the streams become its own.</summary>
    internal TlsConnection(Socket socket, SslStream tls, bool isServer, TransportLimits limits, ReadOnlyMemory<byte> serverCertificateHash, TlsCounters counters)
    {
        _socket = socket;
        _tls = tls;
        _isServer = isServer;
        _limits = limits;
        _counters = counters;
        RemoteEndPoint = Unmapped((IPEndPoint)socket.RemoteEndPoint!);
        ServerCertificateHash = serverCertificateHash;
        StreamCreditStep = Math.Max(1, limits.StreamWindow / 8);
        _connectionCreditStep = Math.Max(1, limits.ConnectionWindow / 16);
        _connectionReceiveCredit = limits.ConnectionWindow;
        _theirStreamsAllowed = limits.MaxStreams;
        (_nextOurs, _nextTheirs) = isServer ? (1UL, 0UL) : (0UL, 1UL);
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

    /// <summary>Bytes read of one stream after which its window is moved on.</summary>
    internal int StreamCreditStep { get; }

    /// <summary>The peer's settings are here, or the connection has ended. Never faults.</summary>
    internal Task Started => _started.Task;

    /// <summary>Both loops have ended and the socket is closed. Never faults.</summary>
    internal Task Completion { get; }

    public async ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new OpenStreamRequest();
        lock (Gate)
        {
            ThrowIfEnded();
            if (_streamsAllowed > 0)
                return Open();
            while (_opens.TryPeek(out var first) && first.IsTaken)
                _opens.Dequeue(); // It was cancelled.
            _opens.Enqueue(request);
        }
        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((OpenStreamRequest)state!).TryCancel(token), request);
        await using (registration.ConfigureAwait(false))
            return await request.Task.ConfigureAwait(false);
    }

    public async ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default)
    {
        lock (Gate)
        {
            if (_end?.Kind == TransportClosedBy.Local)
                ThrowIfEnded();
        }
        try
        {
            var stream = await _incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            lock (Gate)
            {
                stream.IsAccepted = true;
                if (stream.IsOver)
                    AllowOneMoreStream();
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
        await Completion.ConfigureAwait(false);
    }

    /// <summary>A socket of both families shows an IPv4 peer as an IPv6 address (RFC 4291 § 2.5.5.2).</summary>
    private static IPEndPoint Unmapped(IPEndPoint peer) =>
        peer.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(peer.Address.MapToIPv4(), peer.Port) : peer;

    private void ThrowIfEnded()
    {
        if (_end is not null)
            throw StreamEnd.With(_end).ToException();
    }

    /// <summary>The next stream of this side; one that the peer has allowed. Inside the lock.</summary>
    private TlsStream Open()
    {
        _streamsAllowed--;
        var stream = new TlsStream(this, _nextOurs, isOurs: true, _peer.StreamWindow, _limits.StreamWindow);
        _nextOurs += 2;
        Add(stream);
        Enqueue(stream);
        return stream;
    }

    private void Add(TlsStream stream)
    {
        _streams.Add(stream.WireId, stream);
        _counters.AddStreams(1);
    }

    /// <summary>Forgets a stream that is over; one of the peer's makes place for another once it was accepted.</summary>
    private void RemoveIfOver(TlsStream stream)
    {
        if (!stream.IsOver || !_streams.Remove(stream.WireId))
            return;
        _counters.AddStreams(-1);
        if (!stream.IsOurs && stream.IsAccepted)
            AllowOneMoreStream();
    }

    private void AllowOneMoreStream()
    {
        _streamsDue++;
        _work.Set();
    }
}
