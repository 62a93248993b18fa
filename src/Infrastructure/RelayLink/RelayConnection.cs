using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>
/// One authenticated connection to a relay: requests and their answers, Welcomes that arrive, delivery streams, links. All
/// members may be called concurrently; requests are carried out in the order of the calls.
/// </summary>
public sealed class RelayConnection : IAsyncDisposable
{
    private readonly ITransportConnection _connection;
    private readonly FrameReader _reader;
    private readonly FrameSender _sender;
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<AnswerFrame>> _waiting = new();
    private readonly Channel<DeliverWelcome> _welcomes = Channel.CreateUnbounded<DeliverWelcome>(new UnboundedChannelOptions { SingleWriter = true });
    private readonly TaskCompletionSource<TimeSpan> _goingAway = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private uint _lastRequest;
    private Exception? _failure;

    private RelayConnection(ITransportConnection connection, FrameReader reader, FrameSender sender, Ready ready)
    {
        _connection = connection;
        _reader = reader;
        _sender = sender;
        Relay = ready.Relay;
        MaxFrameSize = ready.MaxFrameSize;
        _reading = ReadAsync();
    }

    /// <summary>The relay's name, by its own account.</summary>
    public string Relay { get; }

    /// <summary>What carries the connection.</summary>
    public TransportKind Kind => _connection.Kind;

    /// <summary>The relay's address as this side sees it.</summary>
    public IPEndPoint RemoteEndPoint => _connection.RemoteEndPoint;

    /// <summary>The largest frame that the relay takes, in bytes.</summary>
    public int MaxFrameSize { get; }

    /// <summary>Welcomes for this agent, as they arrive; completed when the connection ends.</summary>
    public ChannelReader<DeliverWelcome> Welcomes => _welcomes.Reader;

    /// <summary>Completes, never faults, when the connection has ended.</summary>
    public Task<TransportClosed> Closed => _connection.Closed;

    /// <summary>Completes, else never, when the relay has said that it stops, with how long it serves this connection still.</summary>
    public Task<TimeSpan> GoingAway => _goingAway.Task;

    /// <summary>Connects and proves who connects.</summary>
    /// <returns>The connection, or the relay's refusal of the token or the proof.</returns>
    /// <exception cref="TransportException">The relay is not there, or its certificate is refused.</exception>
    public static async Task<Result<RelayConnection>> OpenAsync(ITransport transport, RelayDial dial, CancellationToken cancellationToken = default)
    {
        var connection = await transport.ConnectAsync(
            new TransportConnectOptions { RemoteEndPoint = dial.EndPoint, ServerName = dial.ServerName, PinnedCertificateHash = dial.PinnedCertificateHash, Limits = dial.Limits },
            cancellationToken).ConfigureAwait(false);
        try
        {
            var control = await connection.OpenStreamAsync(cancellationToken).ConfigureAwait(false);
            var (reader, sender) = (new FrameReader(control), new FrameSender(control));
            var ready = await Handshake.RunAsync(connection, reader, sender, dial, cancellationToken).ConfigureAwait(false);
            if (ready.IsSuccess)
                return new RelayConnection(connection, reader, sender, ready.Value);
            await connection.DisposeAsync().ConfigureAwait(false);
            return ready.Refusal;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">Makes the frame with the request id that it is given.</param>
    /// <exception cref="TransportException">The connection ended before the answer came: whether it was carried out is unknown.</exception>
    public async Task<Result<TAnswer>> RequestAsync<TAnswer>(Func<RequestId, RequestFrame> request, CancellationToken cancellationToken = default)
        where TAnswer : AnswerFrame
    {
        var id = Interlocked.Increment(ref _lastRequest);
        var answered = new TaskCompletionSource<AnswerFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answered;
        try
        {
            if (_failure is { } failure)
                throw Lost(failure);
            await _sender.SendAsync(request(new RequestId(id)), cancellationToken).ConfigureAwait(false);
            return await answered.Task.WaitAsync(cancellationToken).ConfigureAwait(false) switch
            {
                TAnswer answer => answer,
                Refused refused => refused.ToRefusal(),
                var other => throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{other.Type} answers a request that asks for {typeof(TAnswer).Name}."),
            };
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Sends a frame that has no answer.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public ValueTask SendAsync(Frame frame, CancellationToken cancellationToken = default) => _sender.SendAsync(frame, cancellationToken);

    /// <summary>Opens the delivery of a channel behind a sequence.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task<Result<Delivery>> SubscribeAsync(ChannelId channel, Sequence after, CancellationToken cancellationToken = default)
    {
        var stream = await _connection.OpenStreamAsync(cancellationToken).ConfigureAwait(false);
        return await Delivery.OpenAsync(stream, channel, after, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a link of SLIM names on a stream of its own.</summary>
    /// <param name="token">On a proxy's connection the SLIM application's token, of audience <c>slim</c>; null on an agent's, which is its own.</param>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public async Task<Result<SlimLink>> OpenSlimLinkAsync(string? token = null, CancellationToken cancellationToken = default)
    {
        var stream = await _connection.OpenStreamAsync(cancellationToken).ConfigureAwait(false);
        return await SlimLink.OpenAsync(stream, token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the connection and all that goes over it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        Exception failure;
        try
        {
            while (await _reader.ReadAsync().ConfigureAwait(false) is { } frame)
                Dispatch(frame);
            failure = new TransportException(TransportError.Closed, "The relay ended the connection.");
        }
        catch (TransportException e)
        {
            failure = e;
        }
        catch (ProtocolException e)
        {
            failure = e;
            await _connection.CloseAsync((ulong)e.Code, e.Message).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Ours: whoever waits for an answer is told.
            failure = e;
        }
        _failure = failure;
        _welcomes.Writer.Complete();
        foreach (var waiting in _waiting.Values)
            waiting.TrySetException(Lost(failure));
        await _connection.CloseAsync(0, "").ConfigureAwait(false);
    }

    private void Dispatch(Frame frame)
    {
        switch (frame)
        {
            case AnswerFrame answer:
                if (_waiting.TryGetValue(answer.RequestId.Value, out var waiting))
                    waiting.TrySetResult(answer);
                break;
            case DeliverWelcome welcome:
                _welcomes.Writer.TryWrite(welcome);
                break;
            case GoAway farewell:
                _goingAway.TrySetResult(TimeSpan.FromMilliseconds(farewell.Milliseconds));
                break;
            default:
                throw new ProtocolException(ErrorCode.UnexpectedFrame, $"The relay sent {frame.Type} on the control stream.");
        }
    }

    private static TransportException Lost(Exception failure) => failure as TransportException ?? new TransportException(TransportError.Closed, failure.Message, inner: failure);
}
