using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>An agent with an invitation asks to be added; the members that are there are told, and those that come while it is held.</summary>
public sealed record RequestToJoin(Caller Caller, SendJoinRequest Request) : IRequest<Result<InvitationId>>;

public sealed class RequestToJoinHandler(ActiveChannels channels, JoinRequests requests, ChannelTails tails, TimeProvider time)
    : IRequestHandler<RequestToJoin, Result<InvitationId>>
{
    public async Task<Result<InvitationId>> Handle(RequestToJoin request, CancellationToken cancellationToken)
    {
        var (caller, asked) = (request.Caller, request.Request);
        // Whatever becomes of it, it costs who asks.
        if (requests.TakeAsk(caller.AgentId, time.GetUtcNow()) is { } tooOften)
            return tooOften;
        return await channels.UseAsync<InvitationId>(caller, Verb.Receive, asked.ChannelId, channel =>
        {
            var refusal = channel.Look(judged => judged.JudgeJoining(caller.AgentId)) ?? requests.Hold(caller.AgentId, asked, time.GetUtcNow());
            if (refusal is null)
                tails.Pulse(asked.ChannelId);
            return Task.FromResult<Result<InvitationId>>(refusal is null ? asked.Invitation : refusal);
        });
    }
}
