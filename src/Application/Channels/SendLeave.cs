using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>A member wants to leave; answers with the place of its proposal. A repeat is answered with the first one's.</summary>
public sealed record SendLeave(Caller Caller, ChannelId ChannelId, ReadOnlyMemory<byte> Proposal) : IRequest<Result<Sequence>>;

public sealed class SendLeaveHandler(ActiveChannels channels, TimeProvider time) : IRequestHandler<SendLeave, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(SendLeave request, CancellationToken cancellationToken) => channels.UseAsync(
        request.ChannelId,
        channel => request.Caller.JudgeLeaving(channel.Name) is { } outOfScope
            ? Task.FromResult<Result<Sequence>>(outOfScope)
            : channel.NoteAsync(judged => judged.Leave(request.Caller.AgentId, request.Proposal, time.GetUtcNow())));
}
