using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>One agent of the account: <c>GET /accounts/{id}/agents/{agent}</c>.</summary>
/// <param name="Credential">The account's token, or an API key of the account that may register agents.</param>
/// <param name="Agent">The name that it has now, or its did:key.</param>
public sealed record ShowAgent(AccountId AccountId, SecretText Credential, string Agent) : IRequest<Result<Agent>>;

public sealed class ShowAgentHandler(CallerCheck caller, IAccountStore store) : IRequestHandler<ShowAgent, Result<Agent>>
{
    public async Task<Result<Agent>> Handle(ShowAgent request, CancellationToken cancellationToken)
    {
        if (await caller.RegistrarAsync(request.Credential, request.AccountId, cancellationToken) is { } notAllowed)
            return notAllowed;
        return await store.FindAgentAsync(request.AccountId, request.Agent, cancellationToken) is { } agent ? agent : AgentLookup.Unknown;
    }
}
