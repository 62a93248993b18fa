using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Application.Nodes;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Persistence;

// What each act changes, in the transaction that records it. The outcome is the audit log's word, or why the act is refused; what is
// refused has changed nothing.
public sealed partial class AdminStore
{
    private static Task<Result<string>> DoAsync(SkytaleContext context, AdminAct act, DateTimeOffset now, CancellationToken cancellationToken) => act switch
    {
        CreateAdmin create => AddAsync(context, create.Admin),
        RevokeAdmin revoke => RevokeAsync(context, revoke.Id, now, cancellationToken),
        SignIn => Task.FromResult<Result<string>>(AuditRecord.Done),
        SuspendAccount suspend => SuspendAsync(context, suspend.Id, true, now, cancellationToken),
        RestoreAccount restore => SuspendAsync(context, restore.Id, false, now, cancellationToken),
        RevokeAnyKey revoke => RevokeAsync(context, revoke.Id, now, cancellationToken),
        RevokeAnyAgent revoke => RevokeAsync(context, revoke.Id, now, cancellationToken),
        DisconnectAgent disconnect => DisconnectAsync(context, disconnect.Id, now, cancellationToken),
        DrainNode drain => DrainAsync(context, drain.Id, now, cancellationToken),
        CloseChannel close => CloseAsync(context, close.Id, now, cancellationToken),
        _ => throw new ArgumentException($"There is no way to carry out {act.Name}.", nameof(act)),
    };

    /// <summary>It is stored together with its record.</summary>
    private static Task<Result<string>> AddAsync(SkytaleContext context, Administrator admin)
    {
        context.Add(admin);
        return Task.FromResult<Result<string>>(AuditRecord.Done);
    }

    private static async Task<Result<string>> RevokeAsync(SkytaleContext context, AdminId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await context.Admins.AnyAsync(row => row.Id == id, cancellationToken))
            return new Refusal(ErrorCode.NotFound, "There is no such administrator.");
        return Outcome(await context.Admins.Where(row => row.Id == id && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellationToken) > 0);
    }

    private static async Task<Result<string>> SuspendAsync(SkytaleContext context, AccountId id, bool suspended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } account)
            return new Refusal(ErrorCode.NotFound, "There is no such account.");
        return account.State == AccountState.Closed
            ? new Refusal(ErrorCode.Conflict, "The account is closed, for ever.")
            : Outcome(await context.SuspendAccountAsync(id, suspended, now, cancellationToken));
    }

    private static async Task<Result<string>> RevokeAsync(SkytaleContext context, KeyId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } key)
            return new Refusal(ErrorCode.NotFound, "There is no such API key.");
        return Outcome(await context.RevokeKeyAsync(key.AccountId, id, now, cancellationToken));
    }

    private static async Task<Result<string>> RevokeAsync(SkytaleContext context, AgentId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } agent)
            return new Refusal(ErrorCode.UnknownAgent, "There is no such agent.");
        return Outcome(await context.RevokeAgentAsync(agent.AccountId, id, now, cancellationToken));
    }

    /// <summary>Whether it is connected only its nodes know.</summary>
    private static async Task<Result<string>> DisconnectAsync(SkytaleContext context, AgentId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await context.Agents.AnyAsync(row => row.Id == id, cancellationToken)
            ? Outcome(await context.EnterAsync(RevokedKind.AgentDisconnected, id.ToString(), now, cancellationToken))
            : new Refusal(ErrorCode.UnknownAgent, "There is no such agent.");

    private static async Task<Result<string>> DrainAsync(SkytaleContext context, NodeId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heardSince = now - Node.Silent;
        if (!await context.Nodes.AnyAsync(row => row.Id == id && row.SeenAt >= heardSince, cancellationToken))
            return new Refusal(ErrorCode.NotFound, "There is no such node.");
        var drained = await context.Nodes.Where(row => row.Id == id && row.DrainOrderedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.DrainOrderedAt, now), cancellationToken);
        return Outcome(drained > 0 && await context.EnterAsync(RevokedKind.NodeDrained, id.ToString(), now, cancellationToken));
    }

    /// <summary>Whether it is there only its log knows, which was asked before.</summary>
    private static async Task<Result<string>> CloseAsync(SkytaleContext context, ChannelId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var subject = id.ToString();
        return Outcome(!await context.Revocations.AnyAsync(row => row.Kind == RevokedKind.ChannelClosed && row.Subject == subject, cancellationToken)
            && await context.EnterAsync(RevokedKind.ChannelClosed, subject, now, cancellationToken));
    }

    private static string Outcome(bool changed) => changed ? AuditRecord.Done : AuditRecord.Unchanged;
}
