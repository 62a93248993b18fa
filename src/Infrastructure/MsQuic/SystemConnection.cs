using System.Net;
using System.Net.Quic;

namespace Skytale.MsQuic;

/// <summary>System.Net.Quic itself.</summary>
internal sealed class SystemConnection(QuicConnection quic) : INativeConnection
{
    public IPEndPoint RemoteEndPoint => quic.RemoteEndPoint;

    public async ValueTask<INativeStream> AcceptInboundStreamAsync(CancellationToken cancellationToken) =>
        new SystemStream(await quic.AcceptInboundStreamAsync(cancellationToken).ConfigureAwait(false));

    public async ValueTask<INativeStream> OpenOutboundStreamAsync(QuicStreamType type) =>
        new SystemStream(await quic.OpenOutboundStreamAsync(type, CancellationToken.None).ConfigureAwait(false));

    public ValueTask CloseAsync(long errorCode) => quic.CloseAsync(errorCode, CancellationToken.None);

    public ValueTask DisposeAsync() => quic.DisposeAsync();

    private sealed class SystemStream(QuicStream stream) : INativeStream
    {
        public long Id => stream.Id;

        public bool CanRead => stream.CanRead;

        public bool CanWrite => stream.CanWrite;

        public Task WritesClosed => stream.WritesClosed;

        public ValueTask<int> ReadAsync(Memory<byte> buffer) => stream.ReadAsync(buffer, CancellationToken.None);

        public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool completeWrites, CancellationToken cancellationToken) =>
            stream.WriteAsync(buffer, completeWrites, cancellationToken);

        public void Abort(QuicAbortDirection direction, long errorCode) => stream.Abort(direction, errorCode);

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
