using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Everything of the channel behind a place that the caller may see, then whatever comes.</summary>
public sealed record Subscribe(Caller Caller, ChannelId ChannelId, Sequence After) : IRequest<Result<Subscription>>;

public sealed class SubscribeHandler(ActiveChannels channels, ChannelTails tails, JoinRequests requests) : IRequestHandler<Subscribe, Result<Subscription>>
{
    public Task<Result<Subscription>> Handle(Subscribe request, CancellationToken cancellationToken) =>
        channels.UseAsync<Subscription>(request.Caller, Verb.Receive, request.ChannelId, async channel =>
        {
            await channel.SettledAsync();
            var (stay, last) = channel.Look(followed => (followed.Follow(request.Caller.AgentId, request.After), followed.Last));
            if (!stay.IsSuccess)
                return stay.Refusal;
            // Somebody who was removed has all that it may see at the removal, whatever came since.
            last = stay.Value.RemovedAt ?? last;
            var after = request.After > stay.Value.JoinedAfter ? request.After : stay.Value.JoinedAfter;
            return after >= channel.CommitsTrimmed
                ? new Subscription(channels, tails, requests, request.ChannelId, request.Caller.AgentId, stay.Value, after, last)
                : new Refusal(ErrorCode.TooFarBehind, $"Commits up to {channel.CommitsTrimmed} are no longer kept. Ask a member to add this agent again.");
        });
}
