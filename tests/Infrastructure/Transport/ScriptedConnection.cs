using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>A connection that does nothing but say what carries it and whether it was closed.</summary>
internal sealed class ScriptedConnection(TransportKind kind) : ITransportConnection
{
    private readonly TaskCompletionSource<TransportClosed> _closed = new();

    public TransportKind Kind => kind;

    public IPEndPoint RemoteEndPoint { get; } = new(IPAddress.Loopback, 7444);

    public ReadOnlyMemory<byte> ServerCertificateHash => default;

    public Task<TransportClosed> Closed => _closed.Task;

    internal bool IsDisposed { get; private set; }

    public ValueTask<ITransportStream> OpenStreamAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ITransportStream> AcceptStreamAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ITransportSendStream> OpenSendStreamAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<ITransportReceiveStream> AcceptReceiveStreamAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask CloseAsync(ulong code, string reason)
    {
        _closed.TrySetResult(new TransportClosed(TransportClosedBy.Local, code, reason));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return CloseAsync(0, "");
    }
}
