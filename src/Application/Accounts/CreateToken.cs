using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Exchanges an API key for a token of one hour for one agent: <c>POST /tokens</c>.</summary>
/// <param name="Credential">An API key; a token is never exchanged for a token.</param>
/// <param name="Agent">The agent's name in the key's account, or its did:key.</param>
/// <param name="Audience">Null: the relay; <see cref="SlimAudience"/>: links of SLIM names, through a proxy.</param>
public sealed record CreateToken(SecretText Credential, string? Agent, string? Audience = null) : IRequest<Result<CreatedToken>>
{
    /// <summary>What asks for a token for SLIM links. No relay may have this name.</summary>
    public const string SlimAudience = "slim";
}

public sealed record CreatedToken(AgentId AgentId, IssuedToken Token);

public sealed class CreateTokenValidator : AbstractValidator<CreateToken>
{
    public CreateTokenValidator()
    {
        RuleFor(request => request.Agent).Must(agent => AgentName.TryParse(agent, out _) || AgentId.TryParse(agent, out _))
            .WithMessage("The agent's name or did:key is needed.");
        RuleFor(request => request.Audience).Must(audience => audience is null or CreateToken.SlimAudience)
            .WithMessage($"The audience is '{CreateToken.SlimAudience}', or left out for the relay.");
    }
}

public sealed class CreateTokenHandler(CallerCheck caller, IAccountStore store, ITokenIssuer tokens)
    : IRequestHandler<CreateToken, Result<CreatedToken>>
{
    public async Task<Result<CreatedToken>> Handle(CreateToken request, CancellationToken cancellationToken)
    {
        var key = await caller.KeyAsync(request.Credential, cancellationToken);
        if (!key.IsSuccess)
            return key.Refusal;

        var account = key.Value.AccountId;
        var agent = AgentId.TryParse(request.Agent, out var id)
            ? await store.FindAgentAsync(account, id, cancellationToken)
            : await store.FindAgentAsync(account, AgentName.Parse(request.Agent!), cancellationToken);
        if (agent is null)
            return new Refusal(ErrorCode.UnknownAgent, "This account has no such agent.");

        var orgs = await store.OrgsOfAsync(account, cancellationToken);
        var grant = new AgentGrant(agent, key.Value.Id, orgs);
        return new CreatedToken(agent.Id, request.Audience is null ? tokens.IssueForAgent(grant) : tokens.IssueForSlim(grant));
    }
}
