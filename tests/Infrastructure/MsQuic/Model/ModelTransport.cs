using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Conformance.Memory;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic.Model;

/// <summary>
/// The adapter's connections and streams over the model of System.Net.Quic. Finding and refusing one another is the
/// in-memory transport's; over its connection the two ends tell which pair of the model is theirs.
/// </summary>
internal sealed class ModelTransport : ITransport
{
    private readonly MemoryTransport _memory = new(new MemoryNetwork());
    private readonly ConcurrentDictionary<IPEndPoint, TransportLimits> _limits = new();
    private readonly ConcurrentDictionary<byte, ModelConnection> _servers = new();
    private readonly ConcurrentBag<MsQuicConnection> _connections = [];
    private int _lastPair;

    internal MsQuicCounters Counters { get; } = new();

    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        var memory = await _memory.ConnectAsync(options, cancellationToken);
        var (client, server) = ModelConnection.Pair(options.Limits, _limits[options.RemoteEndPoint], options.RemoteEndPoint);
        var pair = checked((byte)Interlocked.Increment(ref _lastPair));
        _servers[pair] = server;
        var stream = await memory.OpenSendStreamAsync(cancellationToken);
        await stream.WriteAsync(new[] { pair }, endStream: true, cancellationToken);
        return Own(new MsQuicConnection(client, client.Lanes, memory.ServerCertificateHash, Counters));
    }

    public async Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default)
    {
        var listener = new Listener(this, await _memory.ListenAsync(options, cancellationToken));
        _limits[listener.LocalEndPoint] = options.Limits;
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
        await _memory.DisposeAsync();
    }

    private MsQuicConnection Own(MsQuicConnection connection)
    {
        _connections.Add(connection);
        return connection;
    }

    private sealed class Listener(ModelTransport transport, ITransportListener memory) : ITransportListener
    {
        private readonly ConcurrentBag<MsQuicConnection> _connections = [];

        public IPEndPoint LocalEndPoint => memory.LocalEndPoint;

        public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null) => memory.UseCertificate(certificate, intermediates);

        public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
        {
            var accepted = await memory.AcceptAsync(cancellationToken);
            var stream = await accepted.AcceptReceiveStreamAsync(cancellationToken);
            transport._servers.Remove((await stream.ReadExactlyAsync(1, cancellationToken))[0], out var server);
            var connection = transport.Own(new MsQuicConnection(server!, server!.Lanes, accepted.ServerCertificateHash, transport.Counters));
            _connections.Add(connection);
            return connection;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in _connections)
                await connection.DisposeAsync();
            await memory.DisposeAsync();
        }
    }
}
