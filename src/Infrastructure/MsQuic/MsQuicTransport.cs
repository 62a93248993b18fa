using System.Collections.Concurrent;
using System.Net.Quic;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// QUIC (RFC 9000, TLS 1.3 only) over System.Net.Quic: a part of Windows, and on Linux wherever libmsquic is installed.
/// </summary>
/// <remarks>
/// As over the other QUIC, clients are not authenticated here: agents prove themselves inside the connection. Where
/// System.Net.Quic is narrower than the contract: a close carries its code and no reason; what came with the peer's close and
/// was not yet taken over may be lost with it; a cancelled write resets its direction with code 0 at once; windows are
/// powers of two, rounded down, and grow while a reader is fast; 65,535 streams of a kind at most.
/// </remarks>
public sealed class MsQuicTransport : ITransport
{
    /// <summary>The meter (System.Diagnostics.Metrics) whose instruments tell connections, handshakes, streams and their bytes.</summary>
    public const string MeterName = "Skytale.MsQuic";

    private const string HowToInstall =
        "System.Net.Quic needs libmsquic 2.2 or later, which Debian does not carry: install the package libmsquic from Microsoft's repository. " +
        "Windows 11 and Windows Server 2022 have it.";

    private readonly ConcurrentDictionary<MsQuicListener, bool> _listeners = new();
    private readonly ConcurrentDictionary<MsQuicConnection, bool> _connections = new();
    private readonly ConnectsUnderWay _connecting = new();
    private readonly MsQuicMetrics _metrics;
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: see <see cref="EnsureAvailable"/>.</exception>
    public MsQuicTransport()
    {
        EnsureAvailable();
        _metrics = new MsQuicMetrics(Counters);
    }

    internal MsQuicCounters Counters { get; } = new();

    /// <summary>Makes sure that System.Net.Quic works here.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>; the message says what to install.</exception>
    public static void EnsureAvailable()
    {
        if (!QuicListener.IsSupported)
            throw new TransportException(TransportError.NotInstalled, $"libmsquic is not installed. {HowToInstall}");
    }

    /// <inheritdoc/>
    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default) =>
        await _connecting.RunAsync(options, patience => ConnectWithinAsync(options, patience), this, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        var listener = await MsQuicListener.ListenAsync(options, Counters, _metrics, disposed => _listeners.TryRemove(disposed, out _), cancellationToken).ConfigureAwait(false);
        bool late;
        lock (_gate)
        {
            late = _disposed;
            _listeners.TryAdd(listener, true);
        }
        if (late)
            await listener.DisposeAsync().ConfigureAwait(false);
        ObjectDisposedException.ThrowIf(late, this);
        return listener;
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

    /// <summary>
    /// The client's handshake. System.Net.Quic returns when it is complete, not when the server has confirmed it (RFC 9001
    /// § 4.1): as clients show no certificate, nothing is left that the server could refuse.
    /// </summary>
    private async Task<MsQuicConnection> ConnectWithinAsync(TransportConnectOptions options, CancellationToken patience)
    {
        var check = new ServerCheck(options);
        var lanes = new StreamLanes();
        var completed = false;
        try
        {
            var quic = await QuicConnection.ConnectAsync(QuicOptions.Client(options, check, lanes), patience).ConfigureAwait(false);
            completed = true;
            var connection = new MsQuicConnection(new SystemConnection(quic), lanes, check.Hash, Counters);
            _connections.TryAdd(connection, true);
            _ = connection.Completion.ContinueWith(_ => _connections.TryRemove(connection, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return connection;
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            throw check.Refusal is { } refusal
                ? new TransportException(TransportError.CertificateRefused, refusal, inner: e)
                : QuicErrors.Connecting(e, options.RemoteEndPoint);
        }
        finally
        {
            _metrics.OnHandshakeEnded(server: false, completed);
        }
    }
}
