using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Names;
using Skytale.Application.Nodes;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Security.Tokens;
using Skytale.Transport;

namespace Skytale.Server.Relay;

/// <summary>The relay on one transport: accepts connections, finds out whose they are, serves them, and closes them when it stops.</summary>
internal sealed class RelayServer(
    ITransport transport, RelayServerOptions options, IMediator mediator, TokenVerifier tokens, ConnectedAgents connected, RevokedCallers revoked,
    SlimProxies proxies, ActiveNames names, LiveConnections live, TimeProvider time, ILogger<RelayServer> log)
    : IAsyncDisposable
{
    /// <summary>How long a refused agent is given to read why before the connection is closed, which drops what is under way.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ITransportConnection, Task> _connections = new();
    private readonly ConcurrentDictionary<ITransportConnection, FrameSender> _entered = new();
    private readonly ConcurrentBag<Task> _farewells = [];
    private readonly RelayMetrics _metrics = new();
    private readonly RelayHandshake _handshake = new(options, tokens, proxies);
    private readonly LinkDoor _door = new(tokens, revoked, proxies);
    private readonly RequestRates _rates = new(options.Rates, time);
    private readonly RefusedStrangers _refused = new(time, log);
    private readonly AddressShares _pendingByAddress = new(options.Rates.HandshakesPerAddress);
    private ITransportListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _pendingHandshakes;
    private volatile GoAway? _goAway;

    /// <summary>The bound address; after the start.</summary>
    public IPEndPoint LocalEndPoint => _listener?.LocalEndPoint ?? throw new InvalidOperationException("The relay does not listen yet.");

    /// <summary>What it counts.</summary>
    internal RelayMetrics Metrics => _metrics;

    /// <exception cref="TransportException">The address is in use, the certificate unusable, or the native library missing.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        _metrics.Observe(names);
        _listener = await transport.ListenAsync(
            new TransportListenOptions { LocalEndPoint = options.Listen, Certificate = options.Certificate, Intermediates = options.Intermediates, Limits = options.Limits, HandshakesPerAddress = options.Rates.HandshakesPerAddress }, cancellationToken);
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Shows another certificate to connections that come from now on; after the start.</summary>
    /// <exception cref="TransportException">It is unusable, or the relay has stopped; the old one stays.</exception>
    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates) =>
        (_listener ?? throw new InvalidOperationException("The relay does not listen yet.")).UseCertificate(certificate, intermediates);

    /// <summary>Lets nobody in any more, and has whoever is connected find another relay within this time; they are served on meanwhile.</summary>
    public void SendAway(TimeSpan within)
    {
        _goAway = new GoAway((int)within.TotalMilliseconds);
        foreach (var sender in _entered.Values)
            _farewells.Add(SayAsync(sender, _goAway));
    }

    /// <summary>Closes all connections and stops to listen. The transport stays its owner's.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_listener is null || _stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        await Task.WhenAll(_farewells);
        await _listener.DisposeAsync();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(ITransportListener listener)
    {
        try
        {
            while (true)
            {
                var connection = await listener.AcceptAsync(_stopping.Token);
                // Started only when it is in the table, from which it takes itself at its end.
                var serving = new Task<Task>(() => ServeAsync(connection));
                _connections[connection] = serving.Unwrap();
                serving.Start(TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The relay stops.
        }
        catch (TransportException failure)
        {
            log.AcceptingFailed(failure);
            options.Failed?.Invoke();
        }
    }

    private async Task ServeAsync(ITransportConnection connection)
    {
        RelayPeer? peer = null;
        try
        {
            await using (connection)
            {
                if (await EnterAsync(connection) is not var (entered, reader, sender))
                    return;
                peer = entered;
                log.Connected(RelayLog.Tag(peer.Id), connection.Kind.InWords());
                _metrics.Connected(connection.Kind);
                _entered[connection] = sender;
                if (_goAway is { } farewell)
                    _farewells.Add(SayAsync(sender, farewell)); // It came in just before.
                using var isThere = live.Enter(peer.Caller is null ? ConnectionKind.Proxy : ConnectionKind.Agent, connection.Kind, peer.Id, peer.Caller);
                var links = new LinkStreams(_door, _rates, mediator, revoked, live, connection.Kind, _metrics, time, log);
                if (peer.Caller is { } caller)
                    await new RelayConnection(connection, reader, sender, caller, _rates.CounterOf(caller, connection.RemoteEndPoint.Address), mediator, connected, revoked, links, _metrics, log).RunAsync(_stopping.Token);
                else
                    await new ProxyConnection(connection, reader, peer, links, log).RunAsync(_stopping.Token);
            }
        }
        catch (Exception ours) when (ours is not TransportException)
        {
            log.ConnectionFailed(RelayLog.Tag(peer?.Id), ours);
        }
        catch (TransportException)
        {
            // The agent has gone before it had proved who it is.
        }
        finally
        {
            if (peer is not null)
                _metrics.Disconnected(connection.Kind);
            _entered.TryRemove(connection, out _);
            _connections.TryRemove(connection, out _);
        }
    }

    private static async Task SayAsync(FrameSender sender, GoAway farewell)
    {
        try
        {
            await sender.SendAsync(farewell);
        }
        catch (TransportException)
        {
            // It has gone already.
        }
    }

    /// <summary>The handshake on the control stream, the first that the agent opens; null when the connection was turned away.</summary>
    private async Task<(RelayPeer Peer, FrameReader Reader, FrameSender Sender)?> EnterAsync(ITransportConnection connection)
    {
        FrameSender? sender = null;
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        var from = connection.RemoteEndPoint.Address; // Of now: a connection may move.
        var isCounted = _pendingByAddress.TryEnter(from);
        Refusal refusal;
        try
        {
            if (Interlocked.Increment(ref _pendingHandshakes) > options.MaxPendingHandshakes)
                return await TurnAwayAtOnceAsync(connection, new Refusal(ErrorCode.Unavailable, "Too many handshakes are under way."));
            if (_goAway is not null)
                return await TurnAwayAtOnceAsync(connection, new Refusal(ErrorCode.Unavailable, "The relay is about to stop; another may be there."));
            if (!isCounted)
                return await TurnAwayAtOnceAsync(connection, new Refusal(ErrorCode.RateLimited, "Too many handshakes of this address are under way."));
            if (_rates.TakeHandshake(from) is { } tooMany)
                return await TurnAwayAtOnceAsync(connection, tooMany);
            var control = await connection.AcceptStreamAsync(giveUp.Token);
            var reader = new FrameReader(control, FrameCodec.MaxHandshakeFrameSize);
            sender = new FrameSender(control);
            var peer = await _handshake.RunAsync(reader, sender, connection.ServerCertificateHash, giveUp.Token);
            if (peer is { IsSuccess: true, Value.Caller: { } caller } && revoked.IsRevoked(caller))
                peer = RevokedCallers.Revoked;
            if (peer.IsSuccess)
            {
                await sender.SendAsync(new Ready(options.Name, FrameCodec.MaxFrameSize), giveUp.Token);
                reader.MaxFrameSize = FrameCodec.MaxFrameSize;
                return (peer.Value, reader, sender);
            }
            refusal = peer.Refusal;
        }
        catch (ProtocolException bad)
        {
            refusal = new Refusal(bad.Code, bad.Message);
        }
        catch (OperationCanceledException)
        {
            refusal = _stopping.IsCancellationRequested
                ? new Refusal(ErrorCode.Unavailable, "The relay stops.")
                : new Refusal(ErrorCode.HandshakeTimeout, $"The handshake took longer than {options.HandshakeTimeout.TotalSeconds} s.");
        }
        finally
        {
            Interlocked.Decrement(ref _pendingHandshakes);
            if (isCounted)
                _pendingByAddress.Leave(from);
        }
        await TurnAwayAsync(connection, sender, refusal);
        return null;
    }

    /// <summary>Before anything of the connection is read, and without a line in the log: there may be many.</summary>
    private async Task<(RelayPeer, FrameReader, FrameSender)?> TurnAwayAtOnceAsync(ITransportConnection connection, Refusal refusal)
    {
        _metrics.Refused(connection.Kind);
        await connection.CloseAsync((ulong)refusal.Code, refusal.Detail);
        return null;
    }

    private async Task TurnAwayAsync(ITransportConnection connection, FrameSender? sender, Refusal refusal)
    {
        _metrics.Refused(connection.Kind);
        _refused.Say(connection.Kind, refusal);
        if (sender is not null)
        {
            await sender.SendAsync(refusal.ToFrame(default));
            await Task.WhenAny(connection.Closed, Task.Delay(Linger, _stopping.Token));
        }
        await connection.CloseAsync((ulong)refusal.Code, refusal.Detail);
    }
}
