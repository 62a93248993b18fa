using System.Buffers;
using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Commands = Skytale.Application.Channels;

namespace Skytale.Server.Relay;

/// <summary>
/// A stream on which the agent follows one channel. What goes out are the log's own bytes, which all receivers share;
/// several small entries go out in one write, and a receiver that reads no more blocks this stream alone.
/// </summary>
internal sealed class DeliveryStream(ITransportStream stream, FrameReader reader, Caller caller, Func<Refusal?> count, IMediator mediator)
{
    private const int WriteSize = 64 << 10;

    /// <summary>Subscribes, delivers until the agent may see no more, and finishes the stream.</summary>
    /// <exception cref="ProtocolException">A frame that has no place here; the connection is to be closed.</exception>
    /// <exception cref="TransportException">The agent has left the stream.</exception>
    /// <param name="subscribe">Its first frame.</param>
    public async Task RunAsync(Subscribe subscribe, CancellationToken cancellationToken)
    {
        var opened = count() is { } tooMany
            ? tooMany
            : await mediator.Send(new Commands.Subscribe(caller, subscribe.ChannelId, subscribe.After), cancellationToken);
        if (!opened.IsSuccess)
        {
            await stream.WriteAsync(FrameCodec.Encode(opened.Refusal.ToFrame(subscribe.RequestId)), endStream: true, cancellationToken);
            return;
        }

        using var subscription = opened.Value;
        await stream.WriteAsync(FrameCodec.Encode(new Subscribed(subscribe.RequestId, subscription.Last)), cancellationToken: cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delivering = DeliverAsync(subscription, over.Token);
        var reading = ReadAcknowledgementsAsync(subscription, over.Token);
        try
        {
            // An agent that has finished its direction acknowledges no more and may read on; one that resets it has gone.
            var first = await Task.WhenAny(delivering, reading);
            await first;
            await delivering;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(delivering, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task DeliverAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (await subscription.NextAsync(cancellationToken) is { Count: > 0 } batch)
        {
            for (var at = 0; at < batch.Count;)
            {
                var taken = Gather(batch, at, buffer);
                await stream.WriteAsync(taken > 1 ? buffer.WrittenMemory : batch[at], cancellationToken: cancellationToken);
                at += taken;
            }
        }
        if (subscription.IsTooFarBehind)
            stream.Reset((ulong)ErrorCode.TooFarBehind);
        else if (subscription.IsClosed)
            stream.Reset((ulong)ErrorCode.ChannelClosed);
        else
            await stream.WriteAsync(default, endStream: true, cancellationToken);
    }

    /// <summary>Copies as many whole frames as one write takes; a single one is not copied.</summary>
    private static int Gather(IReadOnlyList<ReadOnlyMemory<byte>> frames, int from, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        var taken = 0;
        var size = 0;
        for (var i = from; i < frames.Count; i++)
        {
            size += frames[i].Length;
            if (taken > 0 && size > WriteSize)
                break;
            taken++;
        }
        for (var i = from; taken > 1 && i < from + taken; i++)
            buffer.Write(frames[i].Span);
        return taken;
    }

    private async Task ReadAcknowledgementsAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken) is { } frame)
        {
            if (frame is not Acknowledge acknowledge)
                throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{frame.Type} has no place on a delivery stream.");
            if (!await subscription.TryAcknowledgeAsync(acknowledge.Sequence))
                throw new ProtocolException(ErrorCode.UnexpectedFrame, $"Entry {acknowledge.Sequence} was acknowledged before it was delivered.");
        }
    }
}
