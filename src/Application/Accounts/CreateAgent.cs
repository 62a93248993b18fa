using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Registers an agent: <c>POST /accounts/{id}/agents</c>.</summary>
/// <param name="Credential">The account's token or an API key of the account.</param>
/// <param name="AgentId">The did:key of the identity key that was made where the agent runs.</param>
public sealed record CreateAgent(AccountId AccountId, SecretText Credential, string? Name, string? AgentId) : IRequest<Result<Agent>>;

public sealed class CreateAgentValidator : AbstractValidator<CreateAgent>
{
    public CreateAgentValidator()
    {
        RuleFor(request => request.Name).Must(name => AgentName.TryParse(name, out _)).WithMessage($"An agent's name has {AgentName.Rule}.");
        RuleFor(request => request.AgentId).Must(id => Protocol.AgentId.TryParse(id, out _)).WithMessage("An agent's id is the did:key of an Ed25519 public key.");
    }
}

public sealed class CreateAgentHandler(CallerCheck caller, IAccountStore store, Quota quota, TimeProvider time)
    : IRequestHandler<CreateAgent, Result<Agent>>
{
    public async Task<Result<Agent>> Handle(CreateAgent request, CancellationToken cancellationToken)
    {
        if (await caller.TokenOrKeyAsync(request.Credential, request.AccountId, cancellationToken) is { } notTheOwner)
            return notTheOwner;
        if (!Protocol.AgentId.TryParse(request.AgentId, out var id))
            throw new InvalidOperationException("The validator lets no other id through.");
        var agent = new Agent(id, request.AccountId, AgentName.Parse(request.Name!), time.GetUtcNow());
        return await store.AddAgentAsync(agent, quota, cancellationToken) is { } refusal ? refusal : agent;
    }
}
