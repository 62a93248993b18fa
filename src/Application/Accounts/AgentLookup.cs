using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>How people name an agent: by the name that it has in its account now, or by its did:key.</summary>
internal static class AgentLookup
{
    public static Refusal Unknown => new(ErrorCode.UnknownAgent, "This account has no such agent.");

    /// <summary>True for what can name an agent at all.</summary>
    public static bool IsReference(string? text) => AgentName.TryParse(text, out _) || AgentId.TryParse(text, out _);

    /// <summary>The agent, also a revoked one where its did:key is given; null where there is none.</summary>
    public static async Task<Agent?> FindAgentAsync(this IAccountStore store, AccountId account, string? reference, CancellationToken cancellationToken)
    {
        if (AgentId.TryParse(reference, out var id))
            return await store.FindAgentAsync(account, id, cancellationToken);
        return AgentName.TryParse(reference, out var name) ? await store.FindAgentAsync(account, name, cancellationToken) : null;
    }
}
