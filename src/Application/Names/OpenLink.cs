using MediatR;
using Skytale.Channels;
using Skytale.Names;
using Skytale.Protocol;

namespace Skytale.Application.Names;

/// <summary>Opens a link of SLIM names.</summary>
/// <param name="Caller">Whose it is; null: anyone's, as a proxy in development mode has them.</param>
public sealed record OpenLink(Caller? Caller) : IRequest<Result<OpenedLink>>;

public sealed class OpenLinkHandler(ActiveNames names) : IRequestHandler<OpenLink, Result<OpenedLink>>
{
    public Task<Result<OpenedLink>> Handle(OpenLink request, CancellationToken cancellationToken)
    {
        var owner = request.Caller is { } caller ? LinkOwner.Of(caller.AccountId, caller.Orgs, caller.Scopes) : LinkOwner.Anyone;
        return Task.FromResult(names.Open(owner));
    }
}
