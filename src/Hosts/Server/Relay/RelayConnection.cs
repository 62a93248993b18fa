using System.Collections.Concurrent;
using System.Threading.Channels;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>
/// An agent's connection once it has proved who it is: requests and Welcomes on the control stream, a delivery stream a
/// channel, links of SLIM names. But for those, whatever goes wrong on one ends this connection, with a code for the agent and a line in the log.
/// </summary>
internal sealed class RelayConnection(
    ITransportConnection connection, FrameReader reader, FrameSender sender, Caller caller, Func<Refusal?> count, IMediator mediator, ConnectedAgents connected,
    RevokedCallers revoked, LinkStreams links, RelayMetrics metrics, ILogger log)
{
    /// <summary>Messages of one connection that may be on their way to the disk at once.</summary>
    private const int MaxUnanswered = 256;

    private readonly ConcurrentDictionary<long, Task> _deliveries = new();
    private readonly string _tag = RelayLog.Tag(caller.AgentId);

    /// <summary>Serves until the agent goes, breaks the protocol, or the relay stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var watch = revoked.Watch(caller);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts =
        [
            GuardAsync(ServeRequestsAsync(ended.Token)),
            GuardAsync(AcceptDeliveriesAsync(ended.Token)),
            GuardAsync(PushWelcomesAsync(ended.Token)),
        ];
        await Task.WhenAny([.. parts, connection.Closed, watch.Ended]);
        if (stopping.IsCancellationRequested)
            await connection.CloseAsync((ulong)ErrorCode.Unavailable, "The relay stops.");
        if (watch.Ended.IsCompleted)
        {
            var why = await watch.Ended;
            log.ConnectionClosed(_tag, connection.Kind.InWords(), why.Code.Name(), why.Detail);
            await connection.CloseAsync((ulong)why.Code, why.Detail);
        }
        await connection.CloseAsync(0, "");
        await ended.CancelAsync();
        await Task.WhenAll(parts);
        await Task.WhenAll(_deliveries.Values);
    }

    /// <summary>
    /// The control stream's requests, carried out one after the other; returns when the agent finishes the stream. A message that
    /// has its place lets the next come while it is stored; answers go out in the order of the requests.
    /// </summary>
    private async Task ServeRequestsAsync(CancellationToken cancellationToken)
    {
        var handlers = new FrameHandlers(mediator, caller);
        var answers = System.Threading.Channels.Channel.CreateBounded<Task<AnswerFrame?>>(MaxUnanswered);
        var answering = GuardAsync(SendAnswersAsync(answers.Reader, cancellationToken));
        try
        {
            while (await reader.ReadAsync(cancellationToken) is { } frame)
                await answers.Writer.WriteAsync(await AnswerAsync(handlers, frame, cancellationToken), cancellationToken);
        }
        finally
        {
            answers.Writer.Complete();
        }
        await answering;
    }

    private async Task SendAnswersAsync(ChannelReader<Task<AnswerFrame?>> answers, CancellationToken cancellationToken)
    {
        await foreach (var pending in answers.ReadAllAsync(cancellationToken))
        {
            if (await pending is not { } answer)
                continue;
            if (answer is Refused refused)
                metrics.RequestRefused(refused.Code);
            await sender.SendAsync(answer, cancellationToken);
        }
    }

    /// <summary>The answer to a frame, or what it comes from; where carrying it out fails by a fault of ours, that the relay failed.</summary>
    private async Task<Task<AnswerFrame?>> AnswerAsync(FrameHandlers handlers, Frame frame, CancellationToken cancellationToken)
    {
        try
        {
            if (frame is RequestFrame request && count() is { } tooMany)
                return Task.FromResult<AnswerFrame?>(tooMany.ToFrame(request.RequestId));
            return WhenStoredAsync(frame, await handlers.HandleAsync(frame, cancellationToken));
        }
        catch (Exception ours) when (IsOurs(frame, ours))
        {
            return Task.FromResult<AnswerFrame?>(Failed((RequestFrame)frame, ours));
        }
    }

    private async Task<AnswerFrame?> WhenStoredAsync(Frame frame, Task<AnswerFrame?> pending)
    {
        try
        {
            return await pending;
        }
        catch (Exception ours) when (IsOurs(frame, ours))
        {
            return Failed((RequestFrame)frame, ours);
        }
    }

    private static bool IsOurs(Frame frame, Exception exception) => frame is RequestFrame && exception is not (ProtocolException or OperationCanceledException);

    private Refused Failed(RequestFrame frame, Exception ours)
    {
        log.RequestFailed(_tag, frame.Type.ToString(), ours);
        return new Refused(frame.RequestId, ErrorCode.Internal, "The relay failed at this request; its log says why.", null);
    }

    private async Task PushWelcomesAsync(CancellationToken cancellationToken)
    {
        using var feed = connected.Connect(caller.AgentId);
        while (true)
        {
            // One of a channel that this token does not follow waits for a connection whose token does.
            foreach (var waiting in (await feed.NextAsync(cancellationToken)).Where(waiting => caller.Scopes.Allows(Verb.Receive, waiting.Name)))
                await sender.SendAsync(new DeliverWelcome(waiting.ChannelId, waiting.Name, waiting.Sequence, waiting.Welcome), cancellationToken);
        }
    }

    private async Task AcceptDeliveriesAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var stream = await connection.AcceptStreamAsync(cancellationToken);
            // Started only when it is in the table, from which it takes itself at its end.
            var delivery = new Task<Task>(() => DeliverAsync(stream, cancellationToken));
            _deliveries[stream.Id] = delivery.Unwrap();
            delivery.Start(TaskScheduler.Default);
        }
    }

    private async Task DeliverAsync(ITransportStream stream, CancellationToken cancellationToken)
    {
        await using (stream)
            await GuardAsync(ServeStreamAsync(stream, cancellationToken));
        _deliveries.TryRemove(stream.Id, out _);
    }

    private async Task ServeStreamAsync(ITransportStream stream, CancellationToken cancellationToken)
    {
        // What begins a stream is small, and so are acknowledgements.
        var frames = new FrameReader(stream, FrameCodec.MaxHandshakeFrameSize);
        switch (await frames.ReadAsync(cancellationToken))
        {
            case Subscribe subscribe:
                await new DeliveryStream(stream, frames, caller, count, mediator).RunAsync(subscribe, cancellationToken);
                break;
            case OpenLink open:
                await links.ServeAsync(stream, frames, new RelayPeer(caller.AgentId, caller), open, cancellationToken);
                break;
            default:
                throw new ProtocolException(ErrorCode.UnexpectedFrame, "A stream starts with Subscribe or OpenLink.");
        }
    }

    /// <summary>The edge: what ends a part of the connection, and what of it is the connection's end.</summary>
    private async Task GuardAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (ProtocolException bad)
        {
            log.ConnectionClosed(_tag, connection.Kind.InWords(), bad.Code.Name(), bad.Message);
            await connection.CloseAsync((ulong)bad.Code, bad.Message);
        }
        catch (TransportException)
        {
            // The agent has left the stream or the connection; there is nobody to tell.
        }
        catch (OperationCanceledException)
        {
            // The connection is at its end already.
        }
        catch (Exception ours)
        {
            log.ConnectionFailed(_tag, ours);
            await connection.CloseAsync((ulong)ErrorCode.Internal, "The relay failed; its log says why.");
        }
    }
}
