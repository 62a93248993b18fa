using System.Collections.Concurrent;
using System.Net.Sockets;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Tcp;

/// <summary>
/// TLS 1.3 over TCP with streams of our own, for networks that block UDP. The wire is in docs/protocol/relay.md, "Over TLS on TCP".
/// </summary>
/// <remarks>As over QUIC, clients are not authenticated here: agents prove themselves inside the connection.</remarks>
public sealed class TlsTransport : ITransport
{
    /// <summary>The meter (System.Diagnostics.Metrics) whose instruments tell connections, handshakes and traffic.</summary>
    public const string MeterName = "Skytale.Tcp";

    private readonly TlsTransportSettings _settings;
    private readonly TlsMetrics _metrics;
    private readonly ConcurrentDictionary<TlsListener, bool> _listeners = new();
    private readonly ConcurrentDictionary<TlsConnection, bool> _connections = new();
    private readonly ConnectsUnderWay _connecting = new();
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>A transport with its settings by default; it is for clients and listeners alike.</summary>
    public TlsTransport() : this(new TlsTransportSettings())
    {
    }

    internal TlsTransport(TlsTransportSettings settings)
    {
        _settings = settings;
        _metrics = new TlsMetrics(Counters);
    }

    /// <summary>What this transport holds now.</summary>
    public TlsCounters Counters { get; } = new();

    /// <inheritdoc/>
    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default) =>
        await _connecting.RunAsync(options, patience => ConnectWithinAsync(options, patience), this, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var listener = new TlsListener(options, _settings, Counters, _metrics, disposed => _listeners.TryRemove(disposed, out _));
            _listeners.TryAdd(listener, true);
            return Task.FromResult<ITransportListener>(listener);
        }
    }

    /// <summary>Ends all connections and listeners.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _disposed = true;
        await _connecting.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_listeners.Keys.Select(listener => listener.DisposeAsync().AsTask())).ConfigureAwait(false);
        _metrics.Dispose();
    }

    private async Task<TlsConnection> ConnectWithinAsync(TransportConnectOptions options, CancellationToken patience)
    {
        var completed = false;
        Socket? socket = null;
        try
        {
            socket = new Socket(options.RemoteEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(options.RemoteEndPoint, patience).ConfigureAwait(false);
            var connection = await TlsHandshake.ConnectAsync(socket, options, Counters, patience).ConfigureAwait(false);
            _connections.TryAdd(connection, true);
            _ = connection.Completion.ContinueWith(_ => _connections.TryRemove(connection, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            completed = true;
            return connection;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new TransportException(TransportError.Unreachable, $"{options.RemoteEndPoint} cannot be reached: {e.Message}", inner: e);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
        finally
        {
            _metrics.OnHandshakeEnded(server: false, completed);
        }
    }
}
