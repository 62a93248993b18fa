using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>A delivery stream: one channel's entries in order. One reader; acknowledging may run beside it.</summary>
public sealed class Delivery : IAsyncDisposable
{
    private readonly ITransportStream _stream;
    private readonly FrameReader _reader;
    private readonly FrameSender _sender;

    private Delivery(ITransportStream stream, FrameReader reader, FrameSender sender, Sequence last)
    {
        _stream = stream;
        _reader = reader;
        _sender = sender;
        Last = last;
    }

    /// <summary>The channel's newest entry when delivery began.</summary>
    public Sequence Last { get; }

    internal static async Task<Result<Delivery>> OpenAsync(ITransportStream stream, ChannelId channel, Sequence after, CancellationToken cancellationToken)
    {
        var (reader, sender) = (new FrameReader(stream), new FrameSender(stream));
        try
        {
            await sender.SendAsync(new Subscribe(new RequestId(1), channel, after), cancellationToken).ConfigureAwait(false);
            var answer = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (answer is Subscribed subscribed)
                return new Delivery(stream, reader, sender, subscribed.Last);
            await stream.DisposeAsync().ConfigureAwait(false);
            return answer is Refused refused
                ? refused.ToRefusal()
                : throw new ProtocolException(ErrorCode.UnexpectedFrame, "The relay does not answer a Subscribe.");
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The next entry, a <see cref="DeliverMessage"/>, <see cref="DeliverCommit"/>, <see cref="DeliverApplied"/>, <see cref="CommitVoided"/>, <see cref="DeliverReAdding"/> or <see cref="DeliverLeave"/>, a <see cref="Gap"/> where some are gone, or a <see cref="DeliverJoinRequest"/>, which is none; null after the commit that removed this agent.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    /// <exception cref="ProtocolException">The relay sent something else.</exception>
    public async ValueTask<Frame?> NextAsync(CancellationToken cancellationToken = default) =>
        await _reader.ReadAsync(cancellationToken).ConfigureAwait(false) switch
        {
            null => null,
            DeliverMessage message => message,
            DeliverCommit commit => commit,
            DeliverApplied applied => applied,
            CommitVoided voided => voided,
            DeliverReAdding wish => wish,
            DeliverLeave leave => leave,
            DeliverJoinRequest request => request,
            Gap gap => gap,
            var other => throw new ProtocolException(ErrorCode.UnexpectedFrame, $"The relay sent {other.Type} on a delivery stream."),
        };

    /// <summary>Tells the relay that everything up to here need not be sent again.</summary>
    /// <exception cref="TransportException">The connection has ended.</exception>
    public ValueTask AcknowledgeAsync(Sequence sequence, CancellationToken cancellationToken = default) =>
        _sender.SendAsync(new Acknowledge(sequence), cancellationToken);

    /// <summary>Ends the delivery; what was not acknowledged is delivered again to the next.</summary>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
