using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>
/// Ends an agent: <c>DELETE /accounts/{id}/agents/{agent}</c>. It gets no token, relays end its connections, its key is never taken
/// again, and its name is free for a new agent. Its place in channels is the members' to end, by a commit.
/// </summary>
/// <param name="Credential">The account's token.</param>
/// <param name="Agent">The name that it has now, or its did:key.</param>
public sealed record RevokeAgent(AccountId AccountId, SecretText Credential, string Agent) : IRequest<Result<AgentId>>;

public sealed class RevokeAgentHandler(CallerCheck caller, IAccountStore store, TimeProvider time) : IRequestHandler<RevokeAgent, Result<AgentId>>
{
    public async Task<Result<AgentId>> Handle(RevokeAgent request, CancellationToken cancellationToken)
    {
        var owner = await caller.OwnerAsync(request.Credential, request.AccountId, cancellationToken);
        if (!owner.IsSuccess)
            return owner.Refusal;
        if (await store.FindAgentAsync(request.AccountId, request.Agent, cancellationToken) is not { } agent)
            return AgentLookup.Unknown;
        return await store.RevokeAgentAsync(request.AccountId, agent.Id, time.GetUtcNow(), cancellationToken) is { } refusal ? refusal : agent.Id;
    }
}
