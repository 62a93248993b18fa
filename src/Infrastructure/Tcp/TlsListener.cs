using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Tcp;

/// <summary>A bound address, one certificate at a time. Handshakes are bounded in number and in time; one that fails is nobody else's matter.</summary>
internal sealed class TlsListener : ITransportListener
{
    private const int Backlog = 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly TransportLimits _limits;
    private readonly TlsTransportSettings _settings;
    private readonly TlsCounters _counters;
    private readonly TlsMetrics _metrics;
    private readonly Action<TlsListener> _disposed;
    private volatile ServedCertificate _certificate;
    private readonly Channel<TlsConnection> _accepted = Channel.CreateUnbounded<TlsConnection>();
    private readonly ConcurrentDictionary<Task, bool> _handshakes = new();
    private readonly ConcurrentDictionary<TlsConnection, bool> _connections = new();
    private readonly AddressShares _shares;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    internal TlsListener(TransportListenOptions options, TlsTransportSettings settings, TlsCounters counters, TlsMetrics metrics, Action<TlsListener> disposed)
    {
        _limits = options.Limits;
        _shares = new AddressShares(options.HandshakesPerAddress);
        _settings = settings;
        _counters = counters;
        _metrics = metrics;
        _disposed = disposed;
        _certificate = ServedCertificate.Create(options.Certificate, options.Intermediates);
        try
        {
            _socket = new Socket(options.LocalEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // All of a machine's addresses are those of both families, as over QUIC.
            if (options.LocalEndPoint.Address.Equals(IPAddress.IPv6Any))
                _socket.DualMode = true;
            _socket.Bind(options.LocalEndPoint);
            _socket.Listen(Backlog);
        }
        catch (SocketException e)
        {
            _socket?.Dispose();
            throw new TransportException(TransportError.CannotListen, $"Cannot listen on {options.LocalEndPoint}: {e.Message}", inner: e);
        }
        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _accepting = Task.Run(AcceptLoopAsync);
    }

    public IPEndPoint LocalEndPoint { get; }

    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        var served = ServedCertificate.Create(certificate, intermediates);
        if (_ending.IsCancellationRequested)
            throw new TransportException(TransportError.Closed, "The listener was disposed.");
        _certificate = served;
    }

    public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var connection = await _accepted.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                _counters.AddUnaccepted(-1);
                if (!_ending.IsCancellationRequested && !connection.Closed.IsCompleted)
                    return connection;
                connection.Discard();
            }
        }
        catch (ChannelClosedException)
        {
            throw new TransportException(TransportError.Closed, "The listener was disposed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        _accepted.Writer.TryComplete();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_handshakes.Keys).ConfigureAwait(false);
        while (_accepted.Reader.TryRead(out var unaccepted))
        {
            _counters.AddUnaccepted(-1);
            unaccepted.Discard();
        }
        await Task.WhenAll(_connections.Keys.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
        _disposed(this);
    }

    private async Task AcceptLoopAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(_ending.Token).ConfigureAwait(false);
                var peer = ((IPEndPoint)socket.RemoteEndPoint!).Address;
                if (_handshakes.Count < _settings.MaxHandshakes && _accepted.Reader.Count < _settings.MaxUnaccepted && _shares.TryEnter(peer))
                    Begin(socket, peer);
                else
                    socket.Dispose();
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Disposal ends the loop; a client that left at once, or too many open files, must not.
                if (!_ending.IsCancellationRequested)
                    await Task.Delay(s_pause).ConfigureAwait(false);
            }
        }
    }

    private void Begin(Socket socket, IPAddress peer)
    {
        var handshake = Task.Run(() => HandshakeAsync(socket, peer));
        _handshakes.TryAdd(handshake, true);
        _ = handshake.ContinueWith(done => _handshakes.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task HandshakeAsync(Socket socket, IPAddress peer)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        timeout.CancelAfter(_settings.HandshakeTimeout);
        _counters.AddHandshakes(1);
        try
        {
            socket.NoDelay = true;
            var connection = await TlsHandshake.AcceptAsync(socket, _certificate, _limits, _counters, timeout.Token).ConfigureAwait(false);
            _connections.TryAdd(connection, true);
            _ = connection.Completion.ContinueWith(_ => _connections.TryRemove(connection, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            _metrics.OnHandshakeEnded(server: true, completed: true);
            _counters.AddUnaccepted(1);
            if (_accepted.Writer.TryWrite(connection))
                return;
            _counters.AddUnaccepted(-1); // Disposed meanwhile.
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or ObjectDisposedException or OperationCanceledException or TransportException)
        {
            _metrics.OnHandshakeEnded(server: true, completed: false);
            socket.Dispose(); // A client that does not fit. Nobody has been given the connection, so nobody need be told.
        }
        finally
        {
            _shares.Leave(peer);
            _counters.AddHandshakes(-1);
        }
    }
}
