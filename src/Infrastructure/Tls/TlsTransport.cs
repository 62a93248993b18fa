using System.Collections.Concurrent;
using System.Net.Sockets;
using Skytale.Protocol.Transport;

namespace Skytale.Tls;

/// <summary>
/// TLS 1.3 over TCP with streams of our own, for networks that block UDP. The wire is in docs/protocol/relay.md, "Over TLS on TCP".
/// </summary>
/// <remarks>As over QUIC, clients are not authenticated here: agents prove themselves inside the connection.</remarks>
public sealed class TlsTransport : ITransport
{
    /// <summary>The meter (System.Diagnostics.Metrics) whose instruments tell connections, handshakes and traffic.</summary>
    public const string MeterName = "Skytale.Tls";

    private readonly TlsTransportSettings _settings;
    private readonly TlsMetrics _metrics;
    private readonly ConcurrentDictionary<TlsListener, bool> _listeners = new();
    private readonly ConcurrentDictionary<TlsConnection, bool> _connections = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connecting = [];
    private bool _disposed;

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
    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.PinnedCertificateHash is { Length: not 32 })
            throw new ArgumentException("A pinned certificate hash has 32 bytes.", nameof(options));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _connecting.Add(done.Task);
        }
        var completed = false;
        try
        {
            var connection = await ConnectWithinAsync(options, cancellationToken).ConfigureAwait(false);
            completed = true;
            return connection;
        }
        finally
        {
            _metrics.OnHandshakeEnded(server: false, completed);
            lock (_gate)
                _connecting.Remove(done.Task);
            done.SetResult();
        }
    }

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
        Task[] connecting;
        lock (_gate)
        {
            _disposed = true;
            connecting = [.. _connecting];
        }
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(connecting).ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(_listeners.Keys.Select(listener => listener.DisposeAsync().AsTask())).ConfigureAwait(false);
        _metrics.Dispose();
    }

    private async Task<TlsConnection> ConnectWithinAsync(TransportConnectOptions options, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        patience.CancelAfter(options.HandshakeTimeout);
        var socket = new Socket(options.RemoteEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.RemoteEndPoint, patience.Token).ConfigureAwait(false);
            var connection = await TlsHandshake.ConnectAsync(socket, options, Counters, patience.Token).ConfigureAwait(false);
            _connections.TryAdd(connection, true);
            _ = connection.Completion.ContinueWith(_ => _connections.TryRemove(connection, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return connection;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new TransportException(TransportError.Unreachable, $"{options.RemoteEndPoint} cannot be reached: {e.Message}", inner: e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw _ending.IsCancellationRequested
                ? new TransportException(TransportError.Closed, "The transport was disposed.")
                : new TransportException(TransportError.Unreachable, $"{options.RemoteEndPoint} did not answer within the handshake timeout.");
        }
        catch (OperationCanceledException e)
        {
            socket.Dispose();
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
