using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A server's endpoint: one bound address, one certificate at a time.</summary>
public sealed class Ngtcp2Listener : ITransportListener
{
    private readonly Ngtcp2Endpoint _endpoint;
    private readonly Action<Ngtcp2Listener> _disposed;

    internal Ngtcp2Listener(TransportListenOptions options, Ngtcp2TransportSettings settings, TransportCounters counters, TransportMetrics metrics, Action<Ngtcp2Listener> disposed)
    {
        _disposed = disposed;
        var credentials = new ServerCredentials(options.Certificate, options.Intermediates);
        try
        {
            ServerDoor? door = null;
            _endpoint = Ngtcp2Endpoint.ForServer(options.LocalEndPoint, settings, counters, metrics, credentials.ResetSecret, endpoint => door = new ServerDoor(endpoint, credentials, options.Limits));
            Door = door!;
        }
        catch
        {
            credentials.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    internal ServerDoor Door { get; }

    /// <inheritdoc/>
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
        await _endpoint.DisposeAsync().ConfigureAwait(false);
        _disposed(this);
    }
}
