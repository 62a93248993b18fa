using System.Net;
using System.Net.Quic;
using System.Threading.Channels;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic.Model;

/// <summary>
/// One end of a connection, with the manners of a QuicConnection: one queue for both kinds of streams; a stream shows with
/// every lower one of its kind; a place is given back when an accepted stream is disposed, and one that is taken without
/// leave is an error here; a close ends everything at once.
/// </summary>
internal sealed class ModelConnection : INativeConnection
{
    private readonly bool _isServer;
    private readonly TransportLimits _limits;
    private readonly Channel<INativeStream> _incoming = Channel.CreateUnbounded<INativeStream>();
    private readonly Dictionary<long, ModelStream> _streams = [];
    private readonly Dictionary<long, ModelStream> _unseen = []; // The peer's ends of streams of this side.
    private readonly long[] _next;
    private readonly int[] _allowed;
    private ModelConnection _peer = null!;
    private bool _ended;
    private bool _disposed;

    private ModelConnection(Lock gate, bool isServer, TransportLimits limits, TransportLimits peerLimits, IPEndPoint remote)
    {
        Gate = gate;
        _isServer = isServer;
        _limits = limits;
        RemoteEndPoint = remote;
        _next = [StreamIds.First(StreamKind.Bidirectional, isServer), StreamIds.First(StreamKind.Unidirectional, isServer)];
        _allowed = [peerLimits.MaxStreams, peerLimits.MaxStreams];
        Lanes.Allow(peerLimits.MaxStreams, peerLimits.MaxStreams);
    }

    public IPEndPoint RemoteEndPoint { get; }

    internal Lock Gate { get; }

    internal StreamLanes Lanes { get; } = new();

    internal static (ModelConnection Client, ModelConnection Server) Pair(TransportLimits client, TransportLimits server, IPEndPoint serverAddress)
    {
        var gate = new Lock();
        var one = new ModelConnection(gate, isServer: false, client, server, serverAddress);
        var other = new ModelConnection(gate, isServer: true, server, client, new IPEndPoint(IPAddress.Loopback, 1));
        (one._peer, other._peer) = (other, one);
        return (one, other);
    }

    public async ValueTask<INativeStream> AcceptInboundStreamAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            return await _incoming.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e)
        {
            throw e.InnerException!;
        }
    }

    public ValueTask<INativeStream> OpenOutboundStreamAsync(QuicStreamType type)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (Gate)
        {
            if (_ended)
                throw _incoming.Reader.Completion.Exception?.InnerException ?? ModelErrors.OperationAborted();
            var kind = type == QuicStreamType.Bidirectional ? StreamKind.Bidirectional : StreamKind.Unidirectional;
            if (--_allowed[(int)kind] < 0)
                throw new InvalidOperationException("A stream was opened that the peer has not allowed, and would wait.");
            var id = _next[(int)kind];
            _next[(int)kind] += StreamIds.Step;
            var there = new ModelPipe(Gate, _peer._limits.StreamWindow);
            var back = kind == StreamKind.Bidirectional ? new ModelPipe(Gate, _limits.StreamWindow) : null;
            var stream = new ModelStream(this, id, back, there);
            _streams.Add(id, stream);
            _unseen.Add(id, new ModelStream(_peer, id, there, back));
            return ValueTask.FromResult<INativeStream>(stream);
        }
    }

    public ValueTask CloseAsync(long errorCode)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        lock (Gate)
        {
            End(ModelErrors.OperationAborted(), ModelErrors.ConnectionAborted(errorCode));
            _peer.End(ModelErrors.ConnectionAborted(errorCode), ModelErrors.OperationAborted());
        }
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
            await CloseAsync(0);
        _disposed = true;
    }

    /// <summary>Something is said on a stream: if it is one of this side's, the peer has it and all before it.</summary>
    internal void ShowToPeer(long id)
    {
        lock (Gate)
        {
            if (!StreamIds.IsOf(id, _isServer))
                return;
            foreach (var shown in _unseen.Keys.Where(other => other <= id && StreamIds.KindOf(other) == StreamIds.KindOf(id)).Order().ToList())
            {
                _unseen.Remove(shown, out var stream);
                _peer._streams.Add(shown, stream!);
                _peer._incoming.Writer.TryWrite(stream!);
            }
        }
    }

    /// <summary>A stream is disposed: if it is one of the peer's, the peer may open another.</summary>
    internal void GiveBack(long id)
    {
        lock (Gate)
        {
            _streams.Remove(id);
            if (StreamIds.IsOf(id, _isServer))
                return;
            _peer._allowed[(int)StreamIds.KindOf(id)]++;
        }
        _peer.Lanes.Allow(StreamIds.KindOf(id) == StreamKind.Bidirectional ? 1 : 0, StreamIds.KindOf(id) == StreamKind.Unidirectional ? 1 : 0);
    }

    private void End(Exception here, Exception there)
    {
        if (_ended)
            return;
        _ended = true;
        _incoming.Writer.TryComplete(here);
        foreach (var stream in _streams.Values)
            stream.EndWithConnection(here, there);
    }
}
