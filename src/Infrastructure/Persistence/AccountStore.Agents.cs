using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Persistence;

// Agents. A revoked one stays for ever, so that its key is not taken again; only its name is free.
public sealed partial class AccountStore
{
    public Task<Refusal?> AddAgentAsync(Agent agent, Quota quota, MadeOnce? once, CancellationToken cancellationToken) =>
        WriteAsync(once, async context =>
        {
            context.Add(agent);
            return await CountAsync(context, agent.AccountId, SkytaleContext.AgentCount, quota.Agents, "agents", cancellationToken);
        }, cancellationToken);

    public Task<Agent?> FindAgentAsync(AccountId account, AgentName name, CancellationToken cancellationToken) =>
        FindAsync<Agent>(row => row.AccountId == account && row.Name == name && row.RevokedAt == null, cancellationToken);

    public Task<Agent?> FindAgentAsync(AccountId account, AgentId id, CancellationToken cancellationToken) =>
        FindAsync<Agent>(row => row.AccountId == account && row.Id == id, cancellationToken);

    public async Task<IReadOnlyList<Agent>> AgentsOfAsync(AccountId account, int skip, int take, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await context.Agents.AsNoTracking().Where(row => row.AccountId == account).OrderBy(row => row.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
    }

    public Task<Refusal?> RevokeAgentAsync(AccountId account, AgentId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(
            context => context.RevokeAgentAsync(account, id, now, cancellationToken),
            new Refusal(ErrorCode.UnknownAgent, "This account has no such agent that is not revoked."),
            cancellationToken);
}
