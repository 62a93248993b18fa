using System.Net;
using System.Net.Quic;

namespace Skytale.MsQuic;

/// <summary>
/// What this adapter uses of a QuicConnection, with its words and exceptions. System.Net.Quic's classes are sealed and do
/// nothing without libmsquic; behind this the conformance suite runs over a model of them too, on every machine.
/// </summary>
internal interface INativeConnection : IAsyncDisposable
{
    IPEndPoint RemoteEndPoint { get; }

    ValueTask<INativeStream> AcceptInboundStreamAsync(CancellationToken cancellationToken);

    ValueTask<INativeStream> OpenOutboundStreamAsync(QuicStreamType type);

    ValueTask CloseAsync(long errorCode);
}

/// <summary>The same of a QuicStream.</summary>
internal interface INativeStream : IAsyncDisposable
{
    long Id { get; }

    bool CanRead { get; }

    bool CanWrite { get; }

    /// <summary>Completes when the sending direction is over: acknowledged to its end, or, with the reason, aborted.</summary>
    Task WritesClosed { get; }

    ValueTask<int> ReadAsync(Memory<byte> buffer);

    ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool completeWrites, CancellationToken cancellationToken);

    void Abort(QuicAbortDirection direction, long errorCode);
}
