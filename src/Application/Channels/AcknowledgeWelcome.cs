using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>The caller has stored what the Welcome led to: it waits no longer. One that does not wait is acknowledged already.</summary>
public sealed record AcknowledgeWelcome(Caller Caller, ChannelId ChannelId, Sequence Sequence) : IRequest<Result<Sequence>>;

public sealed class AcknowledgeWelcomeHandler(IChannelLog log) : IRequestHandler<AcknowledgeWelcome, Result<Sequence>>
{
    public async Task<Result<Sequence>> Handle(AcknowledgeWelcome request, CancellationToken cancellationToken)
    {
        try
        {
            await log.RemoveWelcomeAsync(request.Caller.AgentId, request.ChannelId, request.Sequence);
            return request.Sequence;
        }
        catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
        {
            return ActiveChannels.Unavailable; // It waits on, comes again with the next connection and is acknowledged then.
        }
    }
}
