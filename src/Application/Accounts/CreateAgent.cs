using System.Buffers.Text;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Groups;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>Registers an agent: <c>POST /accounts/{id}/agents</c>.</summary>
/// <param name="Credential">The account's token, or an API key of the account that may register agents.</param>
/// <param name="AgentId">The did:key of the identity key that was made where the agent runs.</param>
/// <param name="Proof">The identity key's signature over <see cref="AgentRegistrationContent"/>, base64url: nobody registers a key that is not theirs.</param>
public sealed record CreateAgent(AccountId AccountId, SecretText Credential, string? Name, string? AgentId, string? Proof, string? IdempotencyKey = null) : IRequest<Result<Agent>>;

public sealed class CreateAgentValidator : AbstractValidator<CreateAgent>
{
    private const int MaxProofLength = 128;

    public CreateAgentValidator()
    {
        RuleFor(request => request.Name).Must(name => AgentName.TryParse(name, out _)).WithMessage($"An agent's name has {AgentName.Rule}.");
        RuleFor(request => request.AgentId).Must(id => Protocol.AgentId.TryParse(id, out _)).WithMessage("An agent's id is the did:key of an Ed25519 public key.");
        RuleFor(request => request.Proof).Must(proof => proof!.Length <= MaxProofLength && Base64Url.IsValid(proof)).When(request => request.Proof is not null)
            .WithMessage("A proof is a signature of 64 bytes in base64url.");
        RuleFor(request => request.IdempotencyKey).IsIdempotencyKey();
    }
}

public sealed class CreateAgentHandler(CallerCheck caller, OnceOnly onceOnly, IAccountStore store, Quota quota, TimeProvider time)
    : IRequestHandler<CreateAgent, Result<Agent>>
{
    public async Task<Result<Agent>> Handle(CreateAgent request, CancellationToken cancellationToken)
    {
        if (await caller.RegistrarAsync(request.Credential, request.AccountId, cancellationToken) is { } notAllowed)
            return notAllowed;
        if (!Protocol.AgentId.TryParse(request.AgentId, out var id))
            throw new InvalidOperationException("The validator lets no other id through.");
        var agent = new Agent(id, request.AccountId, AgentName.Parse(request.Name!), time.GetUtcNow());
        var content = AgentRegistrationContent.Encode(agent.AccountId.ToString(), agent.Name.ToString(), id);
        if (!LabeledContent.Verify(id, LabeledContent.AgentRegistration, content.Span, Base64Url.DecodeFromChars(request.Proof)))
            return new Refusal(ErrorCode.InvalidProof, "The proof is not the identity key's signature over this account, name and agent id.");
        var once = Once.Of(request.AccountId.ToString(), request.IdempotencyKey, nameof(CreateAgent), request.Name, request.AgentId);
        return await onceOnly.RunAsync<Agent>(
            once,
            async () => await store.AddAgentAsync(agent, quota, once?.Made(id.ToString(), agent.CreatedAt), cancellationToken) is { } refusal ? refusal : agent,
            async made => await store.FindAgentAsync(request.AccountId, made, cancellationToken) is { } before ? before : OnceOnly.Conflict,
            cancellationToken);
    }
}
