using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Application.Channels;

/// <summary>A member that cannot go on asks the others to remove and add it again; answers with the place of its wish.</summary>
public sealed record RequestReAdding(Caller Caller, AskReAdding Wish) : IRequest<Result<Sequence>>;

public sealed class RequestReAddingHandler(ActiveChannels channels, TimeProvider time) : IRequestHandler<RequestReAdding, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(RequestReAdding request, CancellationToken cancellationToken) => channels.UseAsync(
        request.Caller, Verb.Receive, request.Wish.ChannelId, channel => channel.NoteAsync(judged => judged.AskReAdding(request.Caller.AgentId, request.Wish, time.GetUtcNow())));
}
