using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance.Memory;

/// <summary>One end of a connection in memory.</summary>
internal sealed class MemoryConnection : ITransportConnection
{
    private readonly MemoryLink _link;
    private readonly bool _isServer;
    private readonly TransportLimits _peerLimits;
    private readonly Queue<MemoryStream> _incoming = new();
    private readonly HashSet<MemoryStream> _opened = [];
    private readonly TaskCompletionSource<TransportClosed> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _nextId;

    internal MemoryConnection(MemoryLink link, bool isServer, TransportLimits limits, TransportLimits peerLimits, IPEndPoint remote, ReadOnlyMemory<byte> certificateHash)
    {
        _link = link;
        _isServer = isServer;
        _peerLimits = peerLimits;
        Limits = limits;
        RemoteEndPoint = remote;
        ServerCertificateHash = certificateHash;
        _nextId = isServer ? 1 : 0;
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

    public async ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_link.Gate)
            {
                ThrowIfEnded();
                _opened.RemoveWhere(stream => stream.IsOver);
                if (_opened.Count < _peerLimits.MaxStreams)
                    return Open();
                changed = _link.Changed;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_link.Gate)
            {
                if (End?.Kind == TransportClosedBy.Local)
                    ThrowIfEnded();
                if (_incoming.TryDequeue(out var stream))
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
    internal void Announce(MemoryStream stream) => _incoming.Enqueue(stream);

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
        _closed.TrySetResult(closed);
    }

    private MemoryStream Open()
    {
        var there = new MemoryPipe(Peer);
        var back = new MemoryPipe(this);
        var mine = new MemoryStream(_link, this, _nextId, back, there);
        var theirs = new MemoryStream(_link, Peer, _nextId, there, back);
        mine.Counterpart = theirs;
        mine.IsAccepted = true;
        theirs.IsAnnounced = true; // It answers on a stream that this side knows.
        _nextId += 4;
        _opened.Add(mine);
        return mine;
    }
}
