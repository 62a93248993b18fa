using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Skytale.Slim.Grpc;

/// <summary>
/// Acknowledges at once, by TCP, whatever a connection receives. SLIM's clients leave Nagle's algorithm on: it holds back a
/// small message until the one before is acknowledged, which the system delays by 40 ms, in every round trip.
/// </summary>
internal static class QuickAck
{
    private const int IpProtocolTcp = 6;
    private const int TcpQuickAck = 12;
    private static readonly byte[] s_on = BitConverter.GetBytes(1);

    /// <summary>For the connections of this address. Does nothing where the system is not Linux: others have no such option.</summary>
    public static void UseQuickAck(this ListenOptions listen)
    {
        if (!OperatingSystem.IsLinux())
            return;
        listen.Use(next => connection =>
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { ProtocolType: ProtocolType.Tcp } socket)
                connection.Transport = new Received(new Input(connection.Transport.Input, socket), connection.Transport.Output);
            return next(connection);
        });
    }

    private sealed record Received(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Input(PipeReader inner, Socket socket) : PipeReader
    {
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await inner.ReadAsync(cancellationToken);
            if (!result.IsCompleted)
                Acknowledge();
            return result;
        }

        public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

        /// <summary>The option does not stick: the system takes it back when it likes.</summary>
        private void Acknowledge()
        {
            try
            {
                socket.SetRawSocketOption(IpProtocolTcp, TcpQuickAck, s_on);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The connection is at its end, which its reader is about to see.
            }
        }
    }
}
