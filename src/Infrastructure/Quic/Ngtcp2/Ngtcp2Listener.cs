using System.Net;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A server's endpoint: one bound address, one certificate.</summary>
internal sealed class Ngtcp2Listener : ITransportListener
{
    private readonly Ngtcp2Endpoint _endpoint;
    private readonly Action<Ngtcp2Listener> _disposed;

    internal Ngtcp2Listener(TransportListenOptions options, Ngtcp2TransportSettings settings, TransportCounters counters, Action<Ngtcp2Listener> disposed)
    {
        _disposed = disposed;
        var credentials = new ServerCredentials(options.Certificate);
        try
        {
            ServerDoor? door = null;
            _endpoint = Ngtcp2Endpoint.ForServer(options.LocalEndPoint, settings, counters, endpoint => door = new ServerDoor(endpoint, credentials, options.Limits));
            Door = door!;
        }
        catch
        {
            credentials.Dispose();
            throw;
        }
    }

    public IPEndPoint LocalEndPoint => _endpoint.LocalEndPoint;

    internal ServerDoor Door { get; }

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

    public async ValueTask DisposeAsync()
    {
        await _endpoint.DisposeAsync().ConfigureAwait(false);
        _disposed(this);
    }
}
