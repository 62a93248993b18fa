using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance.Memory;

/// <summary>One end of a connection in memory.</summary>
internal sealed class MemoryConnection : ITransportConnection
{
    private readonly MemoryLink _link;
    private readonly TransportLimits _peerLimits;
    private readonly Lane _bidirectional;
    private readonly Lane _unidirectional;
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal MemoryConnection(MemoryLink link, bool isServer, TransportLimits limits, TransportLimits peerLimits, IPEndPoint remote, ReadOnlyMemory<byte> certificateHash)
    {
        _link = link;
        _link.Network.AddConnections(1);
        _peerLimits = peerLimits;
        Limits = limits;
        RemoteEndPoint = remote;
        ServerCertificateHash = certificateHash;
        _bidirectional = new Lane(isServer ? 1 : 0);
        _unidirectional = new Lane(isServer ? 3 : 2);
    }

    /// <summary>The streams of one kind: ids of RFC 9000 § 2.1, 4 apart, and a limit of their own.</summary>
    private sealed class Lane(long firstId)
    {
        public long NextId { get; set; } = firstId;

        public Queue<MemoryStream> Incoming { get; } = new();

        public HashSet<MemoryStream> Opened { get; } = [];
    }

    public TransportKind Kind => TransportKind.Memory;

    public IPEndPoint RemoteEndPoint { get; }

    public ReadOnlyMemory<byte> ServerCertificateHash { get; }

    public Task<TransportClosed> Closed => _closed.Task;

    internal MemoryConnection Peer { get; set; } = null!;

    internal TransportLimits Limits { get; }

    /// <summary>Bytes that arrived here, on all streams, and were not read. Guarded by the link's lock.</summary>
    internal int Unread { get; set; }

    internal TransportClosed? End { get; private set; }

    public ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) => OpenAsync(_bidirectional, cancellationToken);

    public async ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) =>
        await OpenAsync(_unidirectional, cancellationToken);

    public ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) => AcceptAsync(_bidirectional, cancellationToken);

    public async ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) =>
        await AcceptAsync(_unidirectional, cancellationToken);

    private async ValueTask<ITransportStream> OpenAsync(Lane lane, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_link.Gate)
            {
                ThrowIfEnded();
                lane.Opened.RemoveWhere(stream => stream.IsOver);
                if (lane.Opened.Count < _peerLimits.MaxStreams)
                    return Open(lane);
                changed = _link.Changed;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask<ITransportStream> AcceptAsync(Lane lane, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_link.Gate)
            {
                if (End?.Kind == TransportClosedBy.Local)
                    ThrowIfEnded();
                if (lane.Incoming.TryDequeue(out var stream))
                {
                    stream.IsAccepted = true;
                    _link.Pulse();
                    return stream;
                }
                ThrowIfEnded();
                changed = _link.Changed;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    public ValueTask CloseAsync(ulong code, string reason)
    {
        lock (_link.Gate)
        {
            if (End is null)
            {
                Finish(new TransportClosed(TransportClosedBy.Local, code, reason));
                Peer.Finish(new TransportClosed(TransportClosedBy.Peer, code, reason));
                _link.Pulse();
            }
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => CloseAsync(0, "");

    /// <summary>The peer sees a stream with its first byte, end or reset. Inside the link's lock.</summary>
    internal void Announce(MemoryStream stream) => (IsUnidirectional(stream.Id) ? _unidirectional : _bidirectional).Incoming.Enqueue(stream);

    internal void ThrowIfEnded()
    {
        if (End is null)
            return;
        ulong? code = End.Kind is TransportClosedBy.Local or TransportClosedBy.Peer ? End.Code : null;
        throw new TransportException(TransportError.Closed, $"The connection has ended ({End.Kind}): {End.Reason}", code);
    }

    private void Finish(TransportClosed closed)
    {
        if (End is not null)
            return;
        End = closed;
        _link.Network.AddConnections(-1);
        _closed.TrySetResult(closed);
    }

    private static bool IsUnidirectional(long id) => (id & 2) != 0;

    private MemoryStream Open(Lane lane)
    {
        var there = new MemoryPipe(Peer);
        var back = new MemoryPipe(this);
        if (IsUnidirectional(lane.NextId))
            back.Finish(); // Nothing comes back.
        var mine = new MemoryStream(_link, this, lane.NextId, back, there);
        var theirs = new MemoryStream(_link, Peer, lane.NextId, there, back);
        mine.Counterpart = theirs;
        mine.IsAccepted = true;
        theirs.IsAnnounced = true; // It answers on a stream that this side knows.
        lane.NextId += 4;
        lane.Opened.Add(mine);
        return mine;
    }
}
