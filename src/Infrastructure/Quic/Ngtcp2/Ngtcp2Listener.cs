using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A server's port: one bound address, one certificate at a time, one loop or several.</summary>
public sealed class Ngtcp2Listener : ITransportListener
{
    private readonly List<Ngtcp2Endpoint> _endpoints = [];
    private readonly Action<Ngtcp2Listener> _disposed;

    internal Ngtcp2Listener(TransportListenOptions options, Ngtcp2TransportSettings settings, TransportCounters counters, TransportMetrics metrics, Action<Ngtcp2Listener> disposed)
    {
        _disposed = disposed;
        Door = new ServerDoor(new ServerCredentials(options.Certificate, options.Intermediates), options.Limits, options.HandshakesPerAddress);
        try
        {
            var local = options.LocalEndPoint;
            var group = new LoopGroup(settings.Loops);
            for (var i = 0; i < group.Count; i++)
            {
                _endpoints.Add(Ngtcp2Endpoint.ForServer(local, settings, counters, metrics, Door, group, i));
                local = LocalEndPoint; // With the port that the first one got.
            }
        }
        catch
        {
            Door.Dispose();
            StartAll();
            StopAll(); // A loop's own end gives everything back.
            throw;
        }
        StartAll();
    }

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint => _endpoints[0].LocalEndPoint;

    internal ServerDoor Door { get; }

    /// <summary>
    /// Shows another certificate from now on, as when the old one runs out. Connections live on, and those whose handshake has
    /// begun keep the certificate that they were shown. May be called on any thread.
    /// </summary>
    /// <param name="certificate">The certificate with its private key (ECDSA P-256 or RSA); not kept.</param>
    /// <param name="intermediates">What is sent after it, each the issuer of the one before; null: nothing.</param>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.CannotListen"/>: the certificate is unusable, and the old one stays.
    /// <see cref="TransportError.Closed"/>: the listener was disposed.
    /// </exception>
    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        var credentials = new ServerCredentials(certificate, intermediates);
        try
        {
            Door.Replace(credentials);
        }
        catch
        {
            credentials.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var connection = await Door.Accepted.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (!connection.IsEnded)
                    return connection;
            }
        }
        catch (ChannelClosedException)
        {
            throw new TransportException(TransportError.Closed, "The listener was disposed.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        StopAll();
        foreach (var endpoint in _endpoints)
            await endpoint.DisposeAsync().ConfigureAwait(false);
        _disposed(this);
    }

    private void StartAll() => _endpoints.ForEach(endpoint => endpoint.Start());

    private void StopAll() => _endpoints.ForEach(endpoint => endpoint.Loop.Stop());
}
