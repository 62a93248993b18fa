using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Puts an application message into the channel's order. It may be answered when it is stored; the next of the sender may come before.</summary>
public sealed record SendMessage(Caller Caller, ChannelId ChannelId, MessageId MessageId, ReadOnlyMemory<byte> Ciphertext) : IRequest<Result<Placed>>;

public sealed class SendMessageHandler(ActiveChannels channels, TimeProvider time) : IRequestHandler<SendMessage, Result<Placed>>
{
    public Task<Result<Placed>> Handle(SendMessage request, CancellationToken cancellationToken) =>
        channels.UseAsync(request.ChannelId, channel => channel.PlaceAsync(request.Caller.AgentId, request.MessageId, request.Ciphertext, time.GetUtcNow()));
}
