using System.Net;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// One QUIC connection. This file is what the application calls, on any thread; the others (Handshake, Packets, Streams,
/// Closing) run on the endpoint's loop only, and everything native is theirs.
/// </summary>
internal sealed partial class Ngtcp2Connection : ITransportConnection, ILoopWork, ITimed
{
    private readonly Ngtcp2Endpoint _endpoint;
    private readonly TransportLimits _limits;
    private readonly Lock _gate = new();
    private volatile IPEndPoint _remoteEndPoint;
    private readonly StreamLane<Ngtcp2Stream> _bidirectional = new(StreamKind.Bidirectional);
    private readonly StreamLane<Ngtcp2Stream> _unidirectional = new(StreamKind.Unidirectional);
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CloseRequest? _closeRequest;
    private readonly int _connectionCreditStep;
    private int _uncredited;
    private int _bidirectionalToAllow;
    private int _unidirectionalToAllow;
    private int _posted;

    private Ngtcp2Connection(Ngtcp2Endpoint endpoint, TransportLimits limits, IPEndPoint remote)
    {
        _endpoint = endpoint;
        _limits = limits;
        _remoteEndPoint = remote;
        _remote = SocketAddressBytes.From(remote);
        StreamCreditStep = Math.Max(1, limits.StreamWindow / 8);
        _connectionCreditStep = Math.Max(1, limits.ConnectionWindow / 16);
    }

    private sealed record CloseRequest(ulong Code, string Reason);

    public TransportKind Kind => TransportKind.Quic;

    public IPEndPoint RemoteEndPoint => _remoteEndPoint;

    public ReadOnlyMemory<byte> ServerCertificateHash { get; private set; }

    public Task<TransportClosed> Closed => _closed.Task;

    /// <summary>The ids under which the endpoint knows this connection. Loop thread only.</summary>
    internal List<ConnectionIdKey> ConnectionIds { get; } = [];

    /// <summary>Bytes read of one stream after which its window is moved on.</summary>
    internal int StreamCreditStep { get; }

    /// <summary>Starts a client's handshake; the task ends when it is confirmed or has failed. Any thread.</summary>
    internal static async Task<Ngtcp2Connection> ConnectAsync(Ngtcp2Endpoint endpoint, TransportConnectOptions options, CancellationToken cancellationToken)
    {
        var connection = new Ngtcp2Connection(endpoint, options);
        connection.Post();
        var registration = cancellationToken.UnsafeRegister(static (state, token) =>
        {
            var cancelled = (Ngtcp2Connection)state!;
            if (!cancelled._confirmed.TrySetCanceled(token))
                return;
            lock (cancelled._gate)
                cancelled._closeRequest ??= new CloseRequest(0, "cancelled");
            cancelled.Post();
        }, connection);
        await using (registration.ConfigureAwait(false))
            await connection._confirmed.Task.ConfigureAwait(false);
        return connection;
    }

    public ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) => OpenAsync(_bidirectional, cancellationToken);

    public async ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) =>
        await OpenAsync(_unidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_bidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_unidirectional, cancellationToken).ConfigureAwait(false);

    private async ValueTask<ITransportStream> OpenAsync(StreamLane<Ngtcp2Stream> lane, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new OpenStreamRequest();
        lock (_gate)
        {
            if (!_closed.Task.IsCompleted)
                lane.Wait(request);
            else
                request.TryFail(EndedException());
        }
        Post();
        var registration = cancellationToken.UnsafeRegister(static (state, token) => ((OpenStreamRequest)state!).TryCancel(token), request);
        await using (registration.ConfigureAwait(false))
            return await request.Task.ConfigureAwait(false);
    }

    private async ValueTask<Ngtcp2Stream> AcceptAsync(StreamLane<Ngtcp2Stream> lane, CancellationToken cancellationToken)
    {
        if (_closed.Task is { IsCompletedSuccessfully: true, Result.Kind: TransportClosedBy.Local })
            throw EndedException();
        try
        {
            var stream = await lane.Incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (stream.Accept())
                AllowOneMoreStream(lane.Kind);
            return stream;
        }
        catch (ChannelClosedException)
        {
            throw EndedException();
        }
    }

    public async ValueTask CloseAsync(ulong code, string reason)
    {
        lock (_gate)
            _closeRequest ??= new CloseRequest(code, reason);
        Post();
        await _closed.Task.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => CloseAsync(0, "");

    /// <summary>Hands work of this connection to the loop.</summary>
    internal void Post(ILoopWork work) => _endpoint.Loop.Post(work);

    /// <summary>The application took bytes: in small steps that costs nothing, in larger ones the peer may send more.</summary>
    internal void Consumed(int bytes)
    {
        if (bytes > 0 && Interlocked.Add(ref _uncredited, bytes) >= _connectionCreditStep)
            Post();
    }

    private StreamLane<Ngtcp2Stream> LaneOf(StreamKind kind) => kind == StreamKind.Bidirectional ? _bidirectional : _unidirectional;

    private void AllowOneMoreStream(StreamKind kind)
    {
        Interlocked.Increment(ref kind == StreamKind.Bidirectional ? ref _bidirectionalToAllow : ref _unidirectionalToAllow);
        Post();
    }

    private void Post()
    {
        if (Interlocked.Exchange(ref _posted, 1) == 0)
            Post(this);
    }

    private TransportException EndedException() =>
        _closed.Task.IsCompletedSuccessfully
            ? StreamEnd.With(_closed.Task.Result).ToException()
            : new TransportException(TransportError.Closed, "The connection is closing.");
}
