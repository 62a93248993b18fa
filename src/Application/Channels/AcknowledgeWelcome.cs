using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Caller = Skytale.Channels.Caller;

namespace Skytale.Application.Channels;

/// <summary>The caller has stored what the Welcome led to: it waits no longer. One that does not wait is acknowledged already.</summary>
public sealed record AcknowledgeWelcome(Caller Caller, ChannelId ChannelId, Sequence Sequence) : IRequest<Result<Sequence>>;

/// <summary>Where the log fails the Welcome waits on, comes again with the next connection and is acknowledged then.</summary>
public sealed class AcknowledgeWelcomeHandler(ActiveChannels channels, IChannelLog log) : IRequestHandler<AcknowledgeWelcome, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(AcknowledgeWelcome request, CancellationToken cancellationToken) =>
        channels.UseAsync<Sequence>(request.Caller, Verb.Receive, request.ChannelId, async _ =>
        {
            await log.RemoveWelcomeAsync(request.Caller.AgentId, request.ChannelId, request.Sequence);
            return request.Sequence;
        });
}
