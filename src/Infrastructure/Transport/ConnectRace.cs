using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>One way to a server.</summary>
internal sealed record Way(TransportKind Kind, ITransport Transport);

/// <summary>
/// Two ways to one server, as RFC 8305 has it for two addresses: the second begins when the first has failed or has had its
/// head start, and who arrives first is taken. Silence and a missing library are what another way can help against. Any other
/// failure is an answer and ends it all: a certificate that is refused over QUIC is not to be asked for again over TCP.
/// </summary>
internal sealed class ConnectRace(TransportConnectOptions options, TimeProvider time, Action<Task> leave)
{
    /// <summary>
    /// A first flight that was lost is sent again after a second (RFC 9002 § 6.2.2, with no round trip measured yet): in two, a
    /// network that lets QUIC through has answered, also one that lost a datagram.
    /// </summary>
    private static readonly TimeSpan s_headStart = TimeSpan.FromSeconds(2);

    private readonly long _begun = time.GetTimestamp();
    private readonly List<(Way Way, Task<ITransportConnection> Connecting)> _running = [];
    private readonly List<(TransportKind Kind, TransportException Failure)> _failed = [];

    /// <exception cref="TransportException">As a transport's connect; the message names the ways.</exception>
    internal async Task<ITransportConnection> RunAsync(Way first, Way second, CancellationToken cancellationToken)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Begin(first, options.HandshakeTimeout, over.Token);
            var headStart = s_headStart < options.HandshakeTimeout / 2 ? s_headStart : options.HandshakeTimeout / 2;
            await Task.WhenAny(_running[0].Connecting, Task.Delay(headStart, time, over.Token)).ConfigureAwait(false);
            // The head start is half of the time at most; a machine that slept through the rest has none left for another way.
            if (!_running[0].Connecting.IsCompletedSuccessfully && !IsAnswer(_running[0].Connecting) && Left is var left && left > TimeSpan.Zero)
                Begin(second, left, over.Token);
            while (_running.Count > 0)
            {
                if (await NextAsync().ConfigureAwait(false) is { } connection)
                    return connection;
            }
            throw Unreachable(_failed);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            leave(EndAsync(over));
        }
    }

    /// <summary>Nobody was reached, and why not, way by way.</summary>
    internal static TransportException Unreachable(IReadOnlyList<(TransportKind Kind, TransportException Failure)> failed) => new(
        TransportError.Unreachable,
        string.Join(' ', failed.Select(one => $"Over {one.Kind.InWords()}: {one.Failure.Message}")),
        inner: new AggregateException(failed.Select(one => one.Failure)));

    private TimeSpan Left => options.HandshakeTimeout - time.GetElapsedTime(_begun);

    private void Begin(Way way, TimeSpan patience, CancellationToken cancellationToken) =>
        _running.Add((way, way.Transport.ConnectAsync(options with { HandshakeTimeout = patience }, cancellationToken)));

    /// <summary>The next one to end: its connection, or null when it failed so that the other way may still do.</summary>
    private async Task<ITransportConnection?> NextAsync()
    {
        var ended = await Task.WhenAny(_running.Select(one => one.Connecting)).ConfigureAwait(false);
        var way = _running.Single(one => one.Connecting == ended).Way;
        _running.RemoveAll(one => one.Connecting == ended);
        try
        {
            return await ended.ConfigureAwait(false);
        }
        catch (TransportException e) when (!IsAnswer(ended))
        {
            _failed.Add((way.Kind, e));
            return null;
        }
        catch (TransportException e) when (e.Error != TransportError.Closed)
        {
            throw new TransportException(e.Error, $"Over {way.Kind.InWords()}: {e.Message}", e.Code, e);
        }
    }

    private static bool IsAnswer(Task<ITransportConnection> connecting) =>
        connecting.IsCanceled
        || (connecting.IsFaulted && connecting.Exception.InnerException is not TransportException { Error: TransportError.Unreachable or TransportError.NotInstalled });

    /// <summary>The way that lost ends too; a connection that it made all the same is closed.</summary>
    private async Task EndAsync(CancellationTokenSource over)
    {
        foreach (var (_, connecting) in _running)
        {
            try
            {
                var late = await connecting.ConfigureAwait(false);
                await late.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is TransportException or OperationCanceledException or ObjectDisposedException)
            {
                // It was called off.
            }
        }
        over.Dispose();
    }
}
