using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Slim.Grpc;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Links;

/// <summary>A negotiated link at work: what the application says goes to the relay, what the relay has for it comes back, until one of them ends.</summary>
internal sealed class LinkCall(GrpcCall call, LinkSender sender, HeaderMac mac, RelaySide relay, SlimMetrics metrics, LinkLines lines)
{
    /// <summary>Returns when the application has finished its direction.</summary>
    /// <exception cref="GrpcException">The application or the relay broke a rule.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] directions = [ReceiveAsync(ended.Token), relay.DeliverAsync(DeliverAsync, ended.Token)];
        var first = await Task.WhenAny(directions);
        await ended.CancelAsync();
        await Task.WhenAll(directions).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await call.ReadAsync(Message.Parser, cancellationToken) is { } message)
        {
            switch (message.MessageTypeCase)
            {
                case Message.MessageTypeOneofCase.Publish:
                    Check(PublishRules.Violation(message.Publish), message.Publish.Header);
                    await PublishAsync(EnvelopeMapping.ToEnvelope(message), cancellationToken);
                    break;
                case Message.MessageTypeOneofCase.Subscribe:
                    var subscribe = message.Subscribe;
                    Check(PublishRules.Violation(subscribe.Header), subscribe.Header);
                    var subscribed = await relay.SubscribeAsync(Of(subscribe.Header, subscribe.SubscriptionId), cancellationToken);
                    await AcknowledgeAsync(subscribe.SubscriptionId, subscribed, cancellationToken);
                    break;
                case Message.MessageTypeOneofCase.Unsubscribe:
                    var unsubscribe = message.Unsubscribe;
                    Check(PublishRules.Violation(unsubscribe.Header), unsubscribe.Header);
                    var unsubscribed = await relay.UnsubscribeAsync(Of(unsubscribe.Header, unsubscribe.SubscriptionId), cancellationToken);
                    await AcknowledgeAsync(unsubscribe.SubscriptionId, unsubscribed, cancellationToken);
                    break;
                case Message.MessageTypeOneofCase.Link:
                case Message.MessageTypeOneofCase.SubscriptionAck:
                    break; // A repeated negotiation, and an answer to nothing: SLIM's nodes pass over both.
                default:
                    throw new GrpcException(GrpcStatus.InvalidArgument, "A message that is none of those that there are.");
            }
        }
    }

    private async Task PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            await relay.PublishAsync(envelope, cancellationToken);
            metrics.Received();
        }
        catch (ProtocolException tooMuch)
        {
            lines.TooLong(tooMuch.Message);
        }
    }

    private static Subscription Of(SlimHeader header, ulong id) => new(header.Source.ToSlimName(), header.Destination.ToSlimName(), new SubscriptionId(id));

    private void Check(string? violation, SlimHeader header)
    {
        if (violation is not null)
            throw new GrpcException(GrpcStatus.InvalidArgument, violation);
        if (!mac.Verify(header))
            throw new GrpcException(GrpcStatus.InvalidArgument, "The header's MAC is not this link's for what the header says.");
    }

    private async Task AcknowledgeAsync(ulong subscription, Refusal? refusal, CancellationToken cancellationToken)
    {
        if (refusal is not null)
            lines.NameRefused(refusal.Code.Name(), refusal.Detail);
        if (subscription == 0)
            return; // SLIM's way of asking for no answer.
        var acknowledgement = new SubscriptionAck { SubscriptionId = subscription, Success = refusal is null, Error = refusal is null ? "" : $"{refusal.Code.Name()}: {refusal.Detail}" };
        await sender.SendAsync(new Message { SubscriptionAck = acknowledgement }, cancellationToken);
    }

    private async ValueTask DeliverAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        Message message;
        try
        {
            message = EnvelopeMapping.ToMessage(envelope);
        }
        catch (ProtocolException malformed)
        {
            // Its sender's fault, which is no reason to end the receiver's link.
            lines.Undeliverable("malformed", malformed.Message);
            return;
        }
        mac.Sign(message.Publish.Header);
        if (LinkSender.IsTooLong(message))
        {
            lines.Undeliverable("too_long", $"it is longer than the {GrpcCall.MaxMessageSize} bytes that the application takes.");
            return;
        }
        await sender.SendAsync(message, cancellationToken);
        metrics.Delivered();
    }
}
