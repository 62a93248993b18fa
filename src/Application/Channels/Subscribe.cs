using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Everything of the channel behind a place that the caller may see, then whatever comes.</summary>
public sealed record Subscribe(Caller Caller, ChannelId ChannelId, Sequence After) : IRequest<Result<Subscription>>;

public sealed class SubscribeHandler(ChannelDirectory directory, ChannelTails tails) : IRequestHandler<Subscribe, Result<Subscription>>
{
    public Task<Result<Subscription>> Handle(Subscribe request, CancellationToken cancellationToken) => Task.FromResult(Open(request));

    private Result<Subscription> Open(Subscribe request)
    {
        var channel = directory.Find(request.ChannelId);
        if (!channel.IsSuccess)
            return channel.Refusal;
        var cursor = channel.Value.Follow(request.Caller.AgentId, request.After);
        return cursor.IsSuccess ? new Subscription(channel.Value, cursor.Value, tails) : cursor.Refusal;
    }
}
