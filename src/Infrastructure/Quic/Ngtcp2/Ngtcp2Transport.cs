using System.Net.Sockets;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// QUIC (RFC 9000, TLS 1.3 only) over the system's ngtcp2 and GnuTLS. A listener has a thread of its own, or several; all
/// connections that one transport opens share as many more. The application's continuations run on neither.
/// </summary>
/// <remarks>
/// Clients are not authenticated here: agents prove themselves inside the connection. A listener may be bound to all of a
/// machine's addresses (<see cref="System.Net.IPAddress.Any"/>; <see cref="System.Net.IPAddress.IPv6Any"/> for both
/// families): it answers from the address that was asked. For developers, the environment's QLOGDIR names a directory for
/// traces of connections, and SSLKEYLOGFILE a file for their secrets, with which whoever has it can read the traffic.
/// </remarks>
public sealed class Ngtcp2Transport : ITransport
{
    /// <summary>The meter (System.Diagnostics.Metrics) whose instruments tell connections, handshakes, traffic and round trips.</summary>
    public const string MeterName = "Skytale.Quic";

    private readonly Ngtcp2TransportSettings _settings;
    private readonly TransportMetrics _metrics;
    private readonly Lock _gate = new();
    private readonly Dictionary<(AddressFamily Family, int Loop), Ngtcp2Endpoint> _clients = [];
    private readonly List<Ngtcp2Listener> _listeners = [];
    private uint _connects;
    private bool _disposed;

    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: see <see cref="EnsureAvailable"/>.</exception>
    /// <exception cref="IOException">QLOGDIR cannot be made.</exception>
    public Ngtcp2Transport() : this(Ngtcp2TransportSettings.FromEnvironment(Environment.GetEnvironmentVariable))
    {
    }

    /// <summary>A transport with several loops, for a server with cores to spare.</summary>
    /// <param name="loops">Threads a listener, which share its port, and threads for the connections that are opened; 1 or more.</param>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: see <see cref="EnsureAvailable"/>.</exception>
    /// <exception cref="IOException">QLOGDIR cannot be made.</exception>
    public Ngtcp2Transport(int loops) : this(Ngtcp2TransportSettings.FromEnvironment(Environment.GetEnvironmentVariable) with { Loops = loops })
    {
    }

    internal Ngtcp2Transport(Ngtcp2TransportSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Loops, 1);
        EnsureAvailable();
        _settings = settings;
        if (settings.QlogDirectory is { } directory)
            Directory.CreateDirectory(directory);
        _metrics = new TransportMetrics(Counters);
    }

    internal TransportCounters Counters { get; } = new();

    /// <summary>Makes sure that the native libraries are installed and are the ones that this build knows.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>; the message says what to install.</exception>
    public static void EnsureAvailable() => NativeLibraries.EnsureAvailable();

    /// <inheritdoc/>
    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.PinnedCertificateHash is { Length: not 32 })
            throw new ArgumentException("A pinned certificate hash has 32 bytes.", nameof(options));
        var endpoint = ClientEndpoint(options.RemoteEndPoint.AddressFamily);
        return await Ngtcp2Connection.ConnectAsync(endpoint, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts to listen; the listener is a <see cref="Ngtcp2Listener"/>, bound when this returns.</summary>
    /// <exception cref="TransportException">The address is in use or the certificate is unusable.</exception>
    public Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var listener = new Ngtcp2Listener(options, _settings, Counters, _metrics, Forget);
            _listeners.Add(listener);
            return Task.FromResult<ITransportListener>(listener);
        }
    }

    /// <summary>Ends all connections and listeners.</summary>
    public async ValueTask DisposeAsync()
    {
        Ngtcp2Listener[] listeners;
        Ngtcp2Endpoint[] clients;
        lock (_gate)
        {
            _disposed = true;
            listeners = [.. _listeners];
            clients = [.. _clients.Values];
        }
        foreach (var client in clients)
            await client.DisposeAsync().ConfigureAwait(false);
        foreach (var listener in listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
        _metrics.Dispose();
    }

    private void Forget(Ngtcp2Listener listener)
    {
        lock (_gate)
            _listeners.Remove(listener);
    }

    private Ngtcp2Endpoint ClientEndpoint(AddressFamily family)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var key = (family, (int)(_connects++ % (uint)_settings.Loops));
            // One whose loop failed has given everything back by itself.
            if (!_clients.TryGetValue(key, out var endpoint) || endpoint.IsEnding)
                _clients[key] = endpoint = Ngtcp2Endpoint.ForClients(family, _settings, Counters, _metrics);
            return endpoint;
        }
    }
}
