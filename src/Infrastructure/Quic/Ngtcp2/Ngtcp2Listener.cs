using System.Net;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A server's endpoint: one bound address, one certificate.</summary>
internal sealed class Ngtcp2Listener : ITransportListener
{
    private readonly Ngtcp2Endpoint _endpoint;

    internal Ngtcp2Listener(TransportListenOptions options, ServerDoorLimits limits, TransportCounters counters)
    {
        var credentials = new ServerCredentials(options.Certificate);
        try
        {
            ServerDoor? door = null;
            _endpoint = Ngtcp2Endpoint.ForServer(options.LocalEndPoint, counters, endpoint => door = new ServerDoor(endpoint, credentials, options.Limits, limits));
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

    public ValueTask DisposeAsync() => _endpoint.DisposeAsync();
}
