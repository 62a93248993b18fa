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
/// <param name="Scopes">What it is to allow, no more than the key; null: what the key does.</param>
public sealed record CreateToken(SecretText Credential, string? Agent, string? Audience = null, IReadOnlyList<string?>? Scopes = null) : IRequest<Result<CreatedToken>>
{
    /// <summary>What asks for a token for SLIM links. No relay may have this name.</summary>
    public const string SlimAudience = "slim";
}

public sealed record CreatedToken(AgentId AgentId, ScopeSet Scopes, IssuedToken Token);

public sealed class CreateTokenValidator : AbstractValidator<CreateToken>
{
    public CreateTokenValidator()
    {
        RuleFor(request => request.Agent).Must(AgentLookup.IsReference)
            .WithMessage("The agent's name or did:key is needed.");
        RuleFor(request => request.Audience).Must(audience => audience is null or CreateToken.SlimAudience)
            .WithMessage($"The audience is '{CreateToken.SlimAudience}', or left out for the relay.");
        RuleFor(request => request.Scopes).Must(scopes => ScopeSet.TryOf(scopes!, out _)).When(request => request.Scopes is not null)
            .WithMessage($"Scopes are {ScopeSet.Rule}.");
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
        var scopes = request.Scopes is { } asked && ScopeSet.TryOf(asked, out var narrower) ? narrower : key.Value.Scopes;
        if (!key.Value.Scopes.Covers(scopes))
            return new Refusal(ErrorCode.OutOfScope, "The key's scopes do not cover those that are asked for.");

        var account = key.Value.AccountId;
        if (await store.FindAgentAsync(account, request.Agent, cancellationToken) is not { RevokedAt: null } agent)
            return AgentLookup.Unknown;

        var orgs = await store.OrgsOfAsync(account, cancellationToken);
        var grant = new AgentGrant(agent, key.Value.Id, orgs, scopes);
        return new CreatedToken(agent.Id, scopes, request.Audience is null ? tokens.IssueForAgent(grant) : tokens.IssueForSlim(grant));
    }
}
