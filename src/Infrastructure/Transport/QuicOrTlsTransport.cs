using System.Collections.Concurrent;
using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>
/// QUIC, and TLS on TCP for networks that block UDP, as one transport: a listener is bound on one port of both, and a connect
/// tries QUIC first (<see cref="ConnectRace"/>). Where TLS was needed it comes first for the next ten minutes, so that a
/// reconnect does not wait again; then QUIC is tried first again.
/// </summary>
public sealed class QuicOrTlsTransport : ITransport
{
    private static readonly TimeSpan s_memory = TimeSpan.FromMinutes(10);

    private readonly Way? _quic;
    private readonly TransportException? _noQuic;
    private readonly Way _tls;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<Task, bool> _leaving = new();
    private volatile Remembered? _needsTls;
    private volatile bool _disposed;

    private sealed record Remembered(IPEndPoint Address, long Since);

    /// <param name="quic">Makes the QUIC transport; where that is not installed, connects use TLS alone and nothing can listen.</param>
    /// <param name="tls">The TLS transport. Both become this one's.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public QuicOrTlsTransport(Func<ITransport> quic, ITransport tls, TimeProvider? time = null)
    {
        _tls = new Way(TransportKind.Tls, tls);
        _time = time ?? TimeProvider.System;
        try
        {
            _quic = new Way(TransportKind.Quic, quic());
        }
        catch (TransportException e) when (e.Error == TransportError.NotInstalled)
        {
            _noQuic = e;
        }
    }

    /// <inheritdoc/>
    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            if (_quic is null)
                return await ConnectWithoutQuicAsync(options, cancellationToken).ConfigureAwait(false);
            var (first, second) = NeedsTls(options.RemoteEndPoint) ? (_tls, _quic) : (_quic, _tls);
            var connection = await new ConnectRace(options, _time, Leave).RunAsync(first, second, cancellationToken).ConfigureAwait(false);
            if (connection.Kind == TransportKind.Quic)
                _needsTls = null;
            else if (first == _quic)
                _needsTls = new Remembered(options.RemoteEndPoint, _time.GetTimestamp());
            return connection;
        }
        catch (ObjectDisposedException) when (_disposed)
        {
            throw new TransportException(TransportError.Closed, "The transport was disposed.");
        }
    }

    /// <summary>Binds the same port number for both, over UDP and over TCP.</summary>
    /// <exception cref="TransportException">As of a transport alone, and <see cref="TransportError.NotInstalled"/>: a server has both.</exception>
    public async Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default) =>
        await QuicOrTlsListener.BindAsync(_quic?.Transport ?? throw _noQuic!, _tls.Transport, options, cancellationToken).ConfigureAwait(false);

    /// <summary>Ends all connections and listeners.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_quic is not null)
            await _quic.Transport.DisposeAsync().ConfigureAwait(false);
        await _tls.Transport.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_leaving.Keys).ConfigureAwait(false);
    }

    private async Task<ITransportConnection> ConnectWithoutQuicAsync(TransportConnectOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await _tls.Transport.ConnectAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException e) when (e.Error == TransportError.Unreachable)
        {
            throw ConnectRace.Unreachable([(TransportKind.Quic, _noQuic!), (TransportKind.Tls, e)]);
        }
    }

    private bool NeedsTls(IPEndPoint address) =>
        _needsTls is { } remembered && remembered.Address.Equals(address) && _time.GetElapsedTime(remembered.Since) < s_memory;

    private void Leave(Task ending)
    {
        _leaving.TryAdd(ending, true);
        _ = ending.ContinueWith(done => _leaving.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
