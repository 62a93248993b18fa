using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Puts an application message into the channel's order.</summary>
public sealed record SendMessage(Caller Caller, ChannelId ChannelId, MessageId MessageId, ReadOnlyMemory<byte> Ciphertext) : IRequest<Result<Sequence>>;

public sealed class SendMessageHandler(ChannelDirectory directory, ChannelTails tails) : IRequestHandler<SendMessage, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(SendMessage request, CancellationToken cancellationToken) => Task.FromResult(Append(request));

    private Result<Sequence> Append(SendMessage request)
    {
        var channel = directory.Find(request.ChannelId);
        if (!channel.IsSuccess)
            return channel.Refusal;
        var sequence = channel.Value.Append(request.Caller.AgentId, request.MessageId, request.Ciphertext);
        if (sequence.IsSuccess)
            tails.Pulse(channel.Value.Id);
        return sequence;
    }
}
