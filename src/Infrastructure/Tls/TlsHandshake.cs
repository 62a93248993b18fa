using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Tls;

/// <summary>
/// TLS 1.3 with the ALPN, and then one Settings frame each way. The client's says that it has accepted the certificate:
/// in TLS 1.3 the server's handshake may be complete before that.
/// </summary>
internal static class TlsHandshake
{
    private static readonly SslApplicationProtocol s_protocol = new(TransportLimits.ApplicationProtocol);

    /// <summary>The client's half on a connected socket, which becomes the connection's.</summary>
    /// <exception cref="TransportException">The certificate or the protocol is refused, or the server went away.</exception>
    internal static async Task<TlsConnection> ConnectAsync(Socket socket, TransportConnectOptions options, TlsCounters counters, CancellationToken cancellationToken)
    {
        var check = new ServerCheck(options);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = options.ServerName,
                ApplicationProtocols = [s_protocol],
                EnabledSslProtocols = SslProtocols.Tls13,
                AllowTlsResume = false, // A resumed session shows no certificate.
                CertificateChainPolicy = ServerCheck.Policy,
                RemoteCertificateValidationCallback = check.Accepts,
            }, cancellationToken).ConfigureAwait(false);
            RequireProtocol(tls);
            return await StartAsync(new TlsConnection(socket, tls, isServer: false, options.Limits, check.Hash, counters), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw check.Refusal is { } refusal
                ? new TransportException(TransportError.CertificateRefused, refusal, inner: e)
                : new TransportException(e is AuthenticationException ? TransportError.ProtocolRefused : TransportError.Unreachable, $"The TLS handshake failed: {e.Message}", inner: e);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The server's half on an accepted socket, which becomes the connection's.</summary>
    internal static async Task<TlsConnection> AcceptAsync(
        Socket socket, ServedCertificate certificate, TransportLimits limits, TlsCounters counters, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                ApplicationProtocols = [s_protocol],
                EnabledSslProtocols = SslProtocols.Tls13,
                AllowTlsResume = false,
            }, cancellationToken).ConfigureAwait(false);
            RequireProtocol(tls);
            return await StartAsync(new TlsConnection(socket, tls, isServer: true, limits, certificate.Hash, counters), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static void RequireProtocol(SslStream tls)
    {
        if (tls.NegotiatedApplicationProtocol != s_protocol)
            throw new TransportException(TransportError.ProtocolRefused, $"The peer does not speak {TransportLimits.ApplicationProtocol}.");
    }

    /// <summary>Waits for the peer's settings.</summary>
    private static async Task<TlsConnection> StartAsync(TlsConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.Started.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (connection.Closed is { IsCompletedSuccessfully: true, Result: { Kind: not TransportClosedBy.Peer } closed })
                throw new TransportException(TransportError.Unreachable, $"The peer went away during the handshake: {closed.Reason}");
            return connection;
        }
        catch (OperationCanceledException)
        {
            connection.Drop();
            await connection.Completion.ConfigureAwait(false);
            throw;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
