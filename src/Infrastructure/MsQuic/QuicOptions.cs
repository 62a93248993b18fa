using System.Net.Quic;
using System.Net.Security;
using System.Numerics;
using System.Security.Authentication;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>The contract's options in System.Net.Quic's words.</summary>
internal static class QuicOptions
{
    /// <summary>Handshakes under way, and connections that nobody has accepted yet; further ones are refused.</summary>
    internal const int Backlog = 1024;

    private static readonly TimeSpan s_serverHandshakeTimeout = TimeSpan.FromSeconds(10);

    internal static List<SslApplicationProtocol> Protocols => [new SslApplicationProtocol(TransportLimits.ApplicationProtocol)];

    internal static QuicClientConnectionOptions Client(TransportConnectOptions options, ServerCheck check, StreamLanes lanes) => Limited(
        new QuicClientConnectionOptions
        {
            RemoteEndPoint = options.RemoteEndPoint,
            HandshakeTimeout = Milliseconds(options.HandshakeTimeout),
            ClientAuthenticationOptions = new SslClientAuthenticationOptions
            {
                TargetHost = options.ServerName,
                ApplicationProtocols = Protocols,
                EnabledSslProtocols = SslProtocols.Tls13,
                CertificateChainPolicy = ServerCheck.Policy,
                RemoteCertificateValidationCallback = check.Accepts,
            },
        }, options.Limits, lanes);

    internal static QuicServerConnectionOptions Server(ServedCertificate certificate, TransportLimits limits, StreamLanes lanes) => Limited(
        new QuicServerConnectionOptions
        {
            HandshakeTimeout = s_serverHandshakeTimeout,
            ServerAuthenticationOptions = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                ApplicationProtocols = Protocols,
                EnabledSslProtocols = SslProtocols.Tls13,
            },
        }, limits, lanes);

    private static T Limited<T>(T options, TransportLimits limits, StreamLanes lanes)
        where T : QuicConnectionOptions
    {
        // With no stream to accept, System.Net.Quic does not tell how a connection ends; a count is 16 bits wide there.
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxStreams, 1);
        var streams = Math.Min(limits.MaxStreams, ushort.MaxValue);
        options.MaxInboundBidirectionalStreams = streams;
        options.MaxInboundUnidirectionalStreams = streams;
        options.InitialReceiveWindowSizes = new QuicReceiveWindowSizes
        {
            Connection = PowerOfTwo(limits.ConnectionWindow),
            LocallyInitiatedBidirectionalStream = PowerOfTwo(limits.StreamWindow),
            RemotelyInitiatedBidirectionalStream = PowerOfTwo(limits.StreamWindow),
            UnidirectionalStream = PowerOfTwo(limits.StreamWindow),
        };

        // Zero means its own default there, and none here.
        options.IdleTimeout = OrNever(limits.IdleTimeout);
        options.KeepAliveInterval = OrNever(limits.KeepAlive);
        options.DefaultCloseErrorCode = 0;
        options.DefaultStreamErrorCode = 0;
        options.StreamCapacityCallback = (_, more) => lanes.Allow(more.BidirectionalIncrement, more.UnidirectionalIncrement);
        return options;
    }

    /// <summary>The largest power of two that is not more: MsQuic takes no other window.</summary>
    private static int PowerOfTwo(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return 1 << BitOperations.Log2((uint)window);
    }

    private static TimeSpan OrNever(TimeSpan time) => time > TimeSpan.Zero ? Milliseconds(time) : Timeout.InfiniteTimeSpan;

    /// <summary>Up to a whole millisecond: less of one would be cut to zero, which means never.</summary>
    private static TimeSpan Milliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
