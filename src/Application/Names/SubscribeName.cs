using MediatR;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Application.Names;

/// <summary>Subscribes a name for an application of a link; what waits in its mailbox is the link's then.</summary>
public sealed record SubscribeName(OpenedLink Link, SubscriptionId Id, SlimName Subscriber, SlimName Name) : IRequest<Result<SubscriptionId>>;

public sealed class SubscribeNameHandler(ActiveNames names) : IRequestHandler<SubscribeName, Result<SubscriptionId>>
{
    public Task<Result<SubscriptionId>> Handle(SubscribeName request, CancellationToken cancellationToken)
    {
        var link = request.Link.Link;
        if (names.Use((table, now) => table.Subscribe(link, request.Id, request.Subscriber, request.Name, now)) is { } refusal)
            return Task.FromResult<Result<SubscriptionId>>(refusal);
        names.Wake(link); // What has waited in the mailbox.
        return Task.FromResult<Result<SubscriptionId>>(request.Id);
    }
}
