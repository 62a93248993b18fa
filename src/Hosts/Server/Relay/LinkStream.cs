using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Nodes;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Commands = Skytale.Application.Names;

namespace Skytale.Server.Relay;

/// <summary>
/// A link of SLIM names: names subscribed, envelopes in and out. Whatever is wrong with it ends this stream alone, with a
/// <see cref="Refused"/> that says why and a line in the log; its mailboxes stay for a while.
/// </summary>
internal sealed class LinkStream(ITransportStream stream, FrameReader reader, RelayPeer peer, LinkDoor door, RequestRates rates, IMediator mediator, RevokedCallers revoked, LiveConnections live,
    TransportKind transport, RelayMetrics metrics, TimeProvider time, ILogger log)
{
    /// <summary>How long whoever is refused is given to read why.</summary>
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(1);

    /// <summary>Serves the link until it ends.</summary>
    /// <param name="open">Its first frame.</param>
    /// <exception cref="TransportException">The other side has left the stream.</exception>
    public async Task RunAsync(OpenLink open, CancellationToken cancellationToken)
    {
        var caller = await door.JudgeAsync(peer, open.Token);
        var opened = caller.IsSuccess ? await mediator.Send(new Commands.OpenLink(caller.Value.Caller), cancellationToken) : caller.Refusal;
        if (!opened.IsSuccess)
        {
            metrics.RequestRefused(opened.Refusal.Code);
            log.LinkRefused(RelayLog.Tag(peer.Id), opened.Refusal.Code.Name(), opened.Refusal.Detail);
            await stream.WriteAsync(FrameCodec.Encode(opened.Refusal.ToFrame(open.RequestId)), endStream: true, cancellationToken);
            return;
        }

        using var link = opened.Value;
        using var entered = live.Enter(ConnectionKind.Link, transport, caller.Value.Caller?.AgentId, caller.Value.Caller);
        var sender = new LinkSender(stream, link);
        sender.Answer(new LinkOpened(open.RequestId, link.Owner.Organizations));
        reader.MaxFrameSize = EnvelopeLimits.FrameSize;
        using var watch = caller.Value.Caller is { } known ? revoked.Watch(known) : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = sender.RunAsync(over.Token);
        var reading = ReadAsync(link, sender, new LinkPace(rates.LinkCounterOf(caller.Value.Caller), time), over.Token);
        try
        {
            var first = await Task.WhenAny([sending, reading, .. watch is null ? [] : new Task[] { watch.Ended }]);
            var end = watch is { Ended.IsCompleted: true } ? await watch.Ended : first == reading ? await reading : null;
            if (end is not null)
                await EndAsync(sender, sending, end, caller.Value);
            else
                await first;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(sending, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task EndAsync(LinkSender sender, Task sending, Refusal why, LinkCaller caller)
    {
        metrics.RequestRefused(why.Code);
        log.LinkClosed(RelayLog.Tag(caller.Caller?.AgentId), RelayLog.Tag(peer.Id), why.Code.Name(), why.Detail);
        sender.End(why);
        await Task.WhenAny(sending, Task.Delay(s_linger));
        if (!sending.IsCompleted)
            stream.Reset((ulong)why.Code);
    }

    /// <summary>Carries out what comes, in order.</summary>
    /// <returns>Why the link is to be ended; null when the other side has finished.</returns>
    private async Task<Refusal?> ReadAsync(Commands.OpenedLink link, LinkSender sender, LinkPace pace, CancellationToken cancellationToken)
    {
        var unpacker = new EnvelopeUnpacker();
        try
        {
            while (await reader.ReadAsync(cancellationToken) is { } frame)
            {
                if (await pace.TakeTurnAsync(cancellationToken) is { } tooFast)
                    return tooFast;
                switch (frame)
                {
                    case PublishEnvelope publish:
                        var published = await mediator.Send(new Commands.PublishEnvelope(link, unpacker.Unpack(publish.Envelope)), cancellationToken);
                        if (!published.IsSuccess)
                            return published.Refusal;
                        metrics.Published(published.Value);
                        break;
                    case SubscribeName subscribe:
                        Answer(sender, subscribe, await mediator.Send(new Commands.SubscribeName(link, subscribe.SubscriptionId, subscribe.Subscriber, subscribe.Name), cancellationToken));
                        break;
                    case UnsubscribeName unsubscribe:
                        Answer(sender, unsubscribe, await mediator.Send(new Commands.UnsubscribeName(link, unsubscribe.SubscriptionId, unsubscribe.Subscriber, unsubscribe.Name), cancellationToken));
                        break;
                    default:
                        throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{frame.Type} has no place on a link.");
                }
            }
            return null;
        }
        catch (ProtocolException bad)
        {
            return new Refusal(bad.Code, bad.Message);
        }
    }

    private void Answer(LinkSender sender, RequestFrame request, Result<SubscriptionId> outcome)
    {
        if (!outcome.IsSuccess)
            metrics.RequestRefused(outcome.Refusal.Code);
        sender.Answer(outcome.IsSuccess ? new NameAccepted(request.RequestId) : outcome.Refusal.ToFrame(request.RequestId));
    }
}
