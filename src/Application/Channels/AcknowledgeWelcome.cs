using MediatR;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>The caller has stored what the Welcome led to: it waits no longer. One that does not wait is acknowledged already.</summary>
public sealed record AcknowledgeWelcome(Caller Caller, ChannelId ChannelId, Sequence Sequence) : IRequest<Result<Sequence>>;

public sealed class AcknowledgeWelcomeHandler(AgentPlaces places) : IRequestHandler<AcknowledgeWelcome, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(AcknowledgeWelcome request, CancellationToken cancellationToken)
    {
        places.Acknowledge(request.Caller.AgentId, request.ChannelId, request.Sequence);
        return Task.FromResult<Result<Sequence>>(request.Sequence);
    }
}
