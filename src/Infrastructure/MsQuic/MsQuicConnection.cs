using System.Net;
using System.Net.Quic;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// One connection. It takes every stream of the peer at once: System.Net.Quic has one queue for both kinds, and only from
/// there tells when and why a connection ends.
/// </summary>
internal sealed class MsQuicConnection : ITransportConnection
{
    /// <summary>RFC 9000 § 16: a code is a variable-length integer.</summary>
    internal const ulong MaxCode = (1UL << 62) - 1;

    private readonly INativeConnection _quic;
    private readonly StreamLanes _lanes;
    private readonly MsQuicCounters _counters;
    private readonly Lock _gate = new();
    private readonly HashSet<MsQuicStream> _streams = [];
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _shut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ending = new();
    private TransportClosed? _end;
    private bool _isGivenBack;

    /// <param name="quic">Connected; it becomes this connection's.</param>
    /// <param name="lanes">Those of its options.</param>
    /// <param name="serverCertificateHash">SHA-256.</param>
    /// <param name="counters">The transport's.</param>
    internal MsQuicConnection(INativeConnection quic, StreamLanes lanes, ReadOnlyMemory<byte> serverCertificateHash, MsQuicCounters counters)
    {
        _quic = quic;
        _lanes = lanes;
        _counters = counters;
        ServerCertificateHash = serverCertificateHash;
        counters.AddConnections(1);
        Completion = Task.Run(RunAsync);
    }

    public TransportKind Kind => TransportKind.Quic;

    public IPEndPoint RemoteEndPoint => _quic.RemoteEndPoint.Unmapped();

    public ReadOnlyMemory<byte> ServerCertificateHash { get; }

    public Task<TransportClosed> Closed => _closed.Task;

    /// <summary>The peer was told, or has told, that the connection is over. Never faults.</summary>
    internal Task Shut => _shut.Task;

    /// <summary>The connection and its streams are given back. Never faults.</summary>
    internal Task Completion { get; }

    private TransportClosed? Ended
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    public async ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) =>
        await OpenAsync(_lanes.Bidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) =>
        await OpenAsync(_lanes.Unidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_lanes.Bidirectional, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_lanes.Unidirectional, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends the connection. The reason stays on this side: System.Net.Quic sends none.</summary>
    public async ValueTask CloseAsync(ulong code, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, MaxCode);
        End(new TransportClosed(TransportClosedBy.Local, code, reason));
        await Completion.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => CloseAsync(0, "");

    /// <summary>A stream of the peer has something to show.</summary>
    internal void Show(MsQuicStream stream) => LaneOf(stream).Incoming.Writer.TryWrite(stream);

    internal void Forget(MsQuicStream stream)
    {
        lock (_gate)
            _streams.Remove(stream);
        _counters.AddStreams(-1);
    }

    /// <summary>What a stream's failure means that was not the stream's own doing by the peer; it may be the connection's end.</summary>
    internal StreamEnd EndOf(Exception e)
    {
        if (!QuicErrors.IsOwnAbort(e))
            End(QuicErrors.Closed(e));
        return Ended is { } end ? StreamEnd.With(end) : MsQuicStream.Cancelled;
    }

    private async ValueTask<MsQuicStream> OpenAsync(StreamLanes.Lane lane, CancellationToken cancellationToken)
    {
        if (Ended is { } end)
            throw StreamEnd.With(end).ToException();
        try
        {
            await lane.TakePlaceAsync(cancellationToken).ConfigureAwait(false);

            // There is a place, so this waits for nobody, and is not cancelled: a number that is taken is used.
            var type = lane.Kind == StreamKind.Bidirectional ? QuicStreamType.Bidirectional : QuicStreamType.Unidirectional;
            var opened = await _quic.OpenOutboundStreamAsync(type).ConfigureAwait(false);
            if (Add(opened, isOurs: true) is { } stream)
                return stream;
            await opened.DisposeAsync().ConfigureAwait(false);
            throw StreamEnd.With(await _closed.Task.ConfigureAwait(false)).ToException();
        }
        catch (ChannelClosedException)
        {
            throw StreamEnd.With(await _closed.Task.ConfigureAwait(false)).ToException();
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            End(QuicErrors.Closed(e));
            throw StreamEnd.With(await _closed.Task.ConfigureAwait(false)).ToException();
        }
    }

    private async ValueTask<MsQuicStream> AcceptAsync(StreamLanes.Lane lane, CancellationToken cancellationToken)
    {
        if (Ended is { Kind: TransportClosedBy.Local } end)
            throw StreamEnd.With(end).ToException();
        try
        {
            var stream = await lane.Incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            stream.OnAccepted();
            return stream;
        }
        catch (ChannelClosedException)
        {
            throw StreamEnd.With(await _closed.Task.ConfigureAwait(false)).ToException();
        }
    }

    /// <summary>From the first stream to the last byte of memory.</summary>
    private async Task RunAsync()
    {
        try
        {
            while (true)
                Add(await _quic.AcceptInboundStreamAsync(_ending.Token).ConfigureAwait(false), isOurs: false);
        }
        catch (OperationCanceledException)
        {
            // This side has ended it, and is about to say so to the peer.
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            End(QuicErrors.Closed(e));
        }
        var closed = await _closed.Task.ConfigureAwait(false);
        await _quic.CloseAsync(closed.Kind == TransportClosedBy.Local ? (long)closed.Code : 0).ConfigureAwait(false);
        _shut.TrySetResult();
        await _quic.DisposeAsync().ConfigureAwait(false);
        Task[] streams;
        lock (_gate)
        {
            _isGivenBack = true;
            streams = [.. _streams.Select(stream => stream.Completion)];
        }
        await Task.WhenAll(streams).ConfigureAwait(false);
        _counters.AddConnections(-1);
    }

    /// <summary>Null when the connection is given back already, and nobody would wait for the stream's end.</summary>
    private MsQuicStream? Add(INativeStream quic, bool isOurs)
    {
        var stream = new MsQuicStream(this, quic, isOurs, _counters);
        TransportClosed? end;
        lock (_gate)
        {
            if (_isGivenBack)
                return null;
            _counters.AddStreams(1);
            _streams.Add(stream);
            stream.Start();
            end = _end;
        }
        if (end is not null)
            stream.OnConnectionEnded(end);
        return stream;
    }

    /// <summary>The first end counts: it is told to everybody who waits.</summary>
    private void End(TransportClosed closed)
    {
        MsQuicStream[] streams;
        lock (_gate)
        {
            if (_end is not null)
                return;
            _end = closed;
            streams = [.. _streams];
        }
        foreach (var stream in streams)
            stream.OnConnectionEnded(closed);
        _lanes.Complete();
        _closed.TrySetResult(closed);
        _ending.Cancel();
    }

    private StreamLanes.Lane LaneOf(MsQuicStream stream) =>
        StreamIds.KindOf(stream.Id) == StreamKind.Bidirectional ? _lanes.Bidirectional : _lanes.Unidirectional;
}
