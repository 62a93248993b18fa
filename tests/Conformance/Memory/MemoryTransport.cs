using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance.Memory;

/// <summary>Where transports in memory find one another; each network is a world of its own.</summary>
public sealed class MemoryNetwork
{
    private readonly ConcurrentDictionary<IPEndPoint, MemoryListener> _listeners = new();
    private int _nextPort = 1024;
    private int _connections;

    /// <summary>How many addresses are bound.</summary>
    public int ListenerCount => _listeners.Count;

    /// <summary>How many ends of connections have not ended.</summary>
    public int ConnectionCount => Volatile.Read(ref _connections);

    internal void AddConnections(int n) => Interlocked.Add(ref _connections, n);

    internal IPEndPoint NextClientAddress() => new(IPAddress.Loopback, Interlocked.Increment(ref _nextPort) % 64_000 + 1024);

    internal bool TryFind(IPEndPoint address, out MemoryListener? listener) => _listeners.TryGetValue(address, out listener);

    internal IPEndPoint Bind(IPEndPoint wanted, MemoryListener listener)
    {
        if (wanted.Port != 0)
        {
            return _listeners.TryAdd(wanted, listener)
                ? wanted
                : throw new TransportException(TransportError.CannotListen, $"{wanted} is in use.");
        }
        while (true)
        {
            var chosen = new IPEndPoint(wanted.Address, Interlocked.Increment(ref _nextPort) % 64_000 + 1024);
            if (_listeners.TryAdd(chosen, listener))
                return chosen;
        }
    }

    internal void Unbind(IPEndPoint address) => _listeners.TryRemove(address, out _);
}

/// <summary>The transport interface without a wire: the same windows, waits, resets and close codes.</summary>
public sealed class MemoryTransport(MemoryNetwork network) : ITransport
{
    private readonly ConcurrentBag<IAsyncDisposable> _owned = [];
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!network.TryFind(options.RemoteEndPoint, out var listener))
        {
            // As a datagram to nobody: silence, until the time is up or this side ends.
            if (await Task.WhenAny(_disposed.Task, Task.Delay(options.HandshakeTimeout, cancellationToken)) == _disposed.Task)
                throw new TransportException(TransportError.Closed, "The transport was disposed.");
            cancellationToken.ThrowIfCancellationRequested();
            throw new TransportException(TransportError.Unreachable, $"{options.RemoteEndPoint} did not answer within the handshake timeout.");
        }
        var certificate = listener!.Certificate;
        if (Refusal(certificate, options) is { } refusal)
            throw new TransportException(TransportError.CertificateRefused, refusal);

        var link = new MemoryLink(network);
        var clientAddress = network.NextClientAddress();
        var client = new MemoryConnection(link, isServer: false, options.Limits, listener.Limits, options.RemoteEndPoint, SHA256.HashData(certificate.RawData));
        var server = new MemoryConnection(link, isServer: true, listener.Limits, options.Limits, clientAddress, SHA256.HashData(certificate.RawData));
        client.Peer = server;
        server.Peer = client;
        _owned.Add(client);
        if (!listener.TryTake(server))
        {
            await server.DisposeAsync();
            throw new TransportException(TransportError.Unreachable, "The listener was just disposed.");
        }
        return client;
    }

    public Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var listener = new MemoryListener(network, options);
        _owned.Add(listener);
        return Task.FromResult<ITransportListener>(listener);
    }

    public async ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        foreach (var owned in _owned)
            await owned.DisposeAsync();
    }

    private static string? Refusal(X509Certificate2 certificate, TransportConnectOptions options)
    {
        if (options.PinnedCertificateHash is { } pin)
            return SHA256.HashData(certificate.RawData).AsSpan().SequenceEqual(pin.Span) ? null : "The server's certificate is not the pinned one.";
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (options.TrustedRoots is { } roots)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }
        if (!chain.Build(certificate))
            return "The server's certificate is not trusted.";
        return certificate.MatchesHostname(options.ServerName) ? null : $"The server's certificate does not name {options.ServerName}.";
    }
}

/// <summary>A bound name in a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryListener : ITransportListener
{
    private readonly MemoryNetwork _network;
    private readonly Channel<MemoryConnection> _accepted = Channel.CreateUnbounded<MemoryConnection>();
    private readonly ConcurrentBag<MemoryConnection> _connections = [];
    private volatile bool _isDisposed;

    internal MemoryListener(MemoryNetwork network, TransportListenOptions options)
    {
        _network = network;
        Certificate = Usable(options.Certificate);
        Limits = options.Limits;
        LocalEndPoint = network.Bind(options.LocalEndPoint, this);
    }

    public IPEndPoint LocalEndPoint { get; }

    internal X509Certificate2 Certificate { get; private set; }

    internal TransportLimits Limits { get; }

    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        var usable = Usable(certificate);
        if (_isDisposed)
            throw new TransportException(TransportError.Closed, "The listener was disposed.");
        Certificate = usable;
    }

    public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var connection = await _accepted.Reader.ReadAsync(cancellationToken);
                if (!connection.Closed.IsCompleted)
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
        _isDisposed = true;
        _network.Unbind(LocalEndPoint);
        _accepted.Writer.TryComplete();
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }

    /// <summary>Nothing is signed in memory; all the same a server has its key. The caller's certificate is not kept.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate) => certificate.HasPrivateKey
        ? X509CertificateLoader.LoadCertificate(certificate.RawData)
        : throw new TransportException(TransportError.CannotListen, "The certificate has no private key.");

    internal bool TryTake(MemoryConnection connection)
    {
        _connections.Add(connection);
        return _accepted.Writer.TryWrite(connection);
    }
}
