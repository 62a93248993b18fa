using MediatR;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Application.Names;

/// <summary>Takes a subscription of a link back.</summary>
public sealed record UnsubscribeName(OpenedLink Link, SubscriptionId Id, SlimName Subscriber, SlimName Name) : IRequest<Result<SubscriptionId>>;

public sealed class UnsubscribeNameHandler(ActiveNames names) : IRequestHandler<UnsubscribeName, Result<SubscriptionId>>
{
    public Task<Result<SubscriptionId>> Handle(UnsubscribeName request, CancellationToken cancellationToken) =>
        Task.FromResult(names.Use((table, _) => table.Unsubscribe(request.Link.Link, request.Id, request.Subscriber, request.Name)) is { } refusal
            ? (Result<SubscriptionId>)refusal
            : request.Id);
}
