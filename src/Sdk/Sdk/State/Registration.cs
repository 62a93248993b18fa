using Skytale.Protocol;
using Skytale.Sdk.Api;

namespace Skytale.Sdk.State;

/// <summary>The making of an agent: identity key and encrypted store here, name and id in the account. Killed at any point, it goes on where it stopped.</summary>
/// <param name="api">The account's server.</param>
/// <param name="accountId">The account.</param>
/// <param name="credential">The account's token, or an API key of it that may <c>register</c>.</param>
/// <param name="org">An organisation of the account; null where none is known.</param>
internal sealed class Registration(SkytaleApiClient api, string accountId, string credential, string? org)
{
    /// <summary>Makes the agent, or goes on where an earlier try ended. The caller holds the folder's lock.</summary>
    public async Task<LocalAgent> CompleteAsync(AgentFolder folder, StoreKey key, CancellationToken cancellationToken)
    {
        var agent = folder.Find();
        if (agent is null)
        {
            folder.StartOver();
            var id = await SkytaleAgent.CreateStoreAsync(folder.StorePath, key, cancellationToken).ConfigureAwait(false);
            agent = new LocalAgent(folder.Name, id.ToString(), AccountId: null);
            folder.Write(agent);
        }
        var proof = await SkytaleAgent.SignRegistrationAsync(folder.StorePath, key, accountId, agent.Name, cancellationToken).ConfigureAwait(false);
        await RegisterAsync(agent, proof, cancellationToken).ConfigureAwait(false);
        agent = agent with { AccountId = accountId, Org = org };
        folder.Write(agent);
        return agent;
    }

    private async Task RegisterAsync(LocalAgent agent, byte[] proof, CancellationToken cancellationToken)
    {
        try
        {
            await api.RegisterAgentAsync(accountId, credential, agent.Name, agent.Id, proof, cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.AgentKeyTaken or ErrorCode.AgentNameTaken)
        {
            // The program may have ended between an earlier registration and the note of it: then this very key is the account's.
            if (!await IsOursAsync(agent, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private async Task<bool> IsOursAsync(LocalAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ShowAgentAsync(accountId, credential, agent.AgentId, cancellationToken).ConfigureAwait(false) is { RevokedAt: null } known && known.Name == agent.Name;
        }
        catch (SkytaleException unknown) when (unknown.Refusal is ErrorCode.UnknownAgent or ErrorCode.NotFound)
        {
            return false;
        }
    }
}
