using System.Collections.Concurrent;
using System.Net;
using System.Net.Quic;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>A bound address, one certificate at a time.</summary>
internal sealed class MsQuicListener : ITransportListener
{
    private readonly TransportLimits _limits;
    private readonly MsQuicCounters _counters;
    private readonly MsQuicMetrics _metrics;
    private readonly Action<MsQuicListener> _forget;
    private readonly Lock _gate = new();
    private readonly ConditionalWeakTable<QuicConnection, Greeting> _greetings = [];
    private readonly ConcurrentDictionary<MsQuicConnection, bool> _connections = new();
    private QuicListener? _quic;
    private volatile ServedCertificate _certificate;
    private bool _disposed;

    private MsQuicListener(TransportListenOptions options, MsQuicCounters counters, MsQuicMetrics metrics, Action<MsQuicListener> forget)
    {
        _limits = options.Limits;
        _counters = counters;
        _metrics = metrics;
        _forget = forget;
        _certificate = ServedCertificate.Create(options.Certificate, options.Intermediates);
    }

    /// <summary>What a handshake was begun with, until its connection is accepted.</summary>
    private sealed record Greeting(ReadOnlyMemory<byte> CertificateHash, StreamLanes Lanes);

    public IPEndPoint LocalEndPoint => Quic.LocalEndPoint;

    private QuicListener Quic => _quic ?? throw new InvalidOperationException("Nothing listens yet.");

    internal static async Task<MsQuicListener> ListenAsync(
        TransportListenOptions options, MsQuicCounters counters, MsQuicMetrics metrics, Action<MsQuicListener> forget, CancellationToken cancellationToken)
    {
        var listener = new MsQuicListener(options, counters, metrics, forget);
        _ = QuicOptions.Server(listener._certificate, options.Limits, new StreamLanes()); // What is wrong with the limits is told here, not to each client.
        try
        {
            listener._quic = await QuicListener.ListenAsync(
                new QuicListenerOptions
                {
                    ListenEndPoint = options.LocalEndPoint,
                    ApplicationProtocols = QuicOptions.Protocols,
                    ListenBacklog = QuicOptions.Backlog,
                    ConnectionOptionsCallback = listener.Greet,
                }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (QuicErrors.IsOutside(e))
        {
            throw QuicErrors.Listening(e, options.LocalEndPoint);
        }
        return listener;
    }

    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        var served = ServedCertificate.Create(certificate, intermediates);
        lock (_gate)
        {
            if (_disposed)
                throw Disposed();
            _certificate = served;
        }
    }

    public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var quic = await Quic.AcceptConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await TakeAsync(quic).ConfigureAwait(false);
            }
            catch (Exception e) when (QuicErrors.IsOutside(e))
            {
                lock (_gate)
                {
                    if (_disposed)
                        throw Disposed();
                }
                _metrics.OnHandshakeEnded(server: true, completed: false); // One client's, and nobody else's matter.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _disposed = true;
        await Task.WhenAll(_connections.Keys.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Quic.DisposeAsync().ConfigureAwait(false); // With it those that nobody has accepted.
        _forget(this);
    }

    /// <summary>Asked for every handshake, before its first answer.</summary>
    private ValueTask<QuicServerConnectionOptions> Greet(QuicConnection quic, SslClientHelloInfo hello, CancellationToken cancellationToken)
    {
        var certificate = _certificate;
        var lanes = new StreamLanes();
        _greetings.Add(quic, new Greeting(certificate.Hash, lanes));
        return ValueTask.FromResult(QuicOptions.Server(certificate, _limits, lanes));
    }

    private async ValueTask<MsQuicConnection> TakeAsync(QuicConnection quic)
    {
        _metrics.OnHandshakeEnded(server: true, completed: true);
        if (!_greetings.TryGetValue(quic, out var greeting))
            throw new InvalidOperationException("A connection was accepted that was never greeted.");
        _greetings.Remove(quic);
        MsQuicConnection connection;
        bool late;
        lock (_gate)
        {
            connection = new MsQuicConnection(new SystemConnection(quic), greeting.Lanes, greeting.CertificateHash, _counters);
            late = _disposed;
            if (!late)
                _connections.TryAdd(connection, true);
        }
        if (late)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw Disposed();
        }
        _ = connection.Completion.ContinueWith(_ => _connections.TryRemove(connection, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return connection;
    }

    private static TransportException Disposed() => new(TransportError.Closed, "The listener was disposed.");
}
