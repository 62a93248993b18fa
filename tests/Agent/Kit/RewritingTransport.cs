using System.Net;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Tests.Kit;

/// <summary>
/// A relay that lies to one agent: what the relay sends over connections made here is what the function makes of it: other
/// frames, none, or several.
/// </summary>
internal sealed class RewritingTransport(ITransport inner, Func<Frame, IEnumerable<Frame>> rewrite) : ITransport
{
    /// <param name="rewrite">Null swallows a frame.</param>
    public RewritingTransport(ITransport inner, Func<Frame, Frame?> rewrite)
        : this(inner, frame => rewrite(frame) is { } rewritten ? [rewritten] : Array.Empty<Frame>())
    {
    }

    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default) =>
        new Connection(await inner.ConnectAsync(options, cancellationToken), rewrite);

    public Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default) => inner.ListenAsync(options, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Connection(ITransportConnection inner, Func<Frame, IEnumerable<Frame>> rewrite) : ITransportConnection
    {
        public TransportKind Kind => inner.Kind;

        public IPEndPoint RemoteEndPoint => inner.RemoteEndPoint;

        public ReadOnlyMemory<byte> ServerCertificateHash => inner.ServerCertificateHash;

        public Task<TransportClosed> Closed => inner.Closed;

        public async ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) => new Rewritten(await inner.OpenStreamAsync(cancellationToken), rewrite);

        public ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) => inner.OpenSendStreamAsync(cancellationToken);

        public ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) => inner.AcceptStreamAsync(cancellationToken);

        public ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) => inner.AcceptReceiveStreamAsync(cancellationToken);

        public ValueTask CloseAsync(ulong code, string reason) => inner.CloseAsync(code, reason);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Rewritten(ITransportStream inner, Func<Frame, IEnumerable<Frame>> rewrite) : ITransportStream
    {
        private readonly FrameReader _frames = new(inner);
        private ReadOnlyMemory<byte> _unread;

        public long Id => inner.Id;

        public void Reset(ulong code) => inner.Reset(code);

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (_unread.IsEmpty)
            {
                if (await _frames.ReadAsync(cancellationToken) is not { } frame)
                    return 0;
                _unread = rewrite(frame).SelectMany(rewritten => FrameCodec.Encode(rewritten).ToArray()).ToArray();
            }
            var count = Math.Min(buffer.Length, _unread.Length);
            _unread[..count].CopyTo(buffer);
            _unread = _unread[count..];
            return count;
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, endStream, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
