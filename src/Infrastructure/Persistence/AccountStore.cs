using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary><see cref="IAccountStore"/> over EF Core; a context a call, so every method may be called concurrently.</summary>
public sealed partial class AccountStore(Func<SkytaleContext> open) : IAccountStore
{
    // Asked with every request of an account: compiled once, for the one model that this store's contexts have.
    private readonly Func<SkytaleContext, AccountId, CancellationToken, Task<Account?>> _accountById =
        EF.CompileAsyncQuery((SkytaleContext context, AccountId id, CancellationToken stop) => context.Accounts.AsNoTracking().SingleOrDefault(row => row.Id == id));

    private readonly Func<SkytaleContext, AccountId, IAsyncEnumerable<OrgName>> _orgsOf =
        EF.CompileAsyncQuery((SkytaleContext context, AccountId account) => context.Orgs.Where(row => row.AccountId == account).OrderBy(row => row.Name).Select(row => row.Name));

    public Task<Refusal?> AddAccountAsync(Account account, Org org, MadeOnce? once, CancellationToken cancellationToken) =>
        WriteAsync(once, context =>
        {
            context.AddRange(account, org);
            return Task.FromResult<Refusal?>(null);
        }, cancellationToken);

    public Task<Account?> FindAccountAsync(EmailAddress email, CancellationToken cancellationToken) =>
        FindAsync<Account>(row => row.Email == email && row.ClosedAt == null, cancellationToken);

    public async Task<Account?> FindAccountAsync(AccountId id, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await _accountById(context, id, cancellationToken);
    }

    public Task ReplacePasswordHashAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken) =>
        UpdateAsync<Account>(row => row.Id == id && row.PasswordHash == read, set => set.SetProperty(row => row.PasswordHash, replacement), cancellationToken);

    public async Task<Refusal?> ChangePasswordAsync(AccountId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken) =>
        await UpdateAsync<Account>(
            row => row.Id == id && row.PasswordHash == read,
            set => set.SetProperty(row => row.PasswordHash, replacement).SetProperty(row => row.TokenGeneration, row => row.TokenGeneration + 1),
            cancellationToken)
            ? null
            : new Refusal(ErrorCode.Conflict, "The password was changed meanwhile.");

    public Task<Refusal?> CloseAccountAsync(AccountId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        EndAsync(context => context.CloseAccountAsync(id, now, cancellationToken), NoAccount, cancellationToken);

    public Task<Refusal?> AddOrgAsync(Org org, Quota quota, MadeOnce? once, CancellationToken cancellationToken) =>
        WriteAsync(once, async context =>
        {
            if (!await context.Accounts.AnyAsync(row => row.Id == org.AccountId && row.ClosedAt == null, cancellationToken))
                return NoAccount;
            context.Add(org);
            // Few are made: a lock is simpler than a counter.
            return await context.Orgs.CountAsync(row => row.AccountId == org.AccountId, cancellationToken) < quota.Orgs
                ? null
                : Reached(quota.Orgs, "organisations");
        }, cancellationToken, exclusive: true);

    public async Task<IReadOnlyList<OrgName>> OrgsOfAsync(AccountId account, CancellationToken cancellationToken)
    {
        await using var context = open();
        return await _orgsOf(context, account).ToListAsync(cancellationToken);
    }

    public Task<MadeOnce?> FindMadeAsync(Once once, CancellationToken cancellationToken) =>
        FindAsync<MadeOnce>(row => row.Owner == once.Owner && row.KeyHash == once.KeyHash, cancellationToken);

    public async Task ForgetMadeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.MadeOnce.Where(row => row.At < before).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Runs the change and the inserts in one transaction; a refusal, from the change or from the database, leaves nothing.</summary>
    private async Task<Refusal?> WriteAsync(MadeOnce? once, Func<SkytaleContext, Task<Refusal?>> change, CancellationToken cancellationToken, bool exclusive = false)
    {
        await using var context = open();
        await (exclusive ? context.BeginExclusiveAsync(cancellationToken) : context.Database.BeginTransactionAsync(cancellationToken));
        if (await change(context) is { } refusal)
            return refusal;
        if (once is not null && await context.MadeOnce.CountAsync(row => row.Owner == once.Owner, cancellationToken) >= Once.PerOwner)
            return new Refusal(ErrorCode.LimitReached, $"At most {Once.PerOwner} requests a day have an Idempotency-Key.");
        if (once is not null)
            context.Add(once);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.RefusalOf(exception) is { } taken)
        {
            return taken;
        }
        await context.Database.CommitTransactionAsync(cancellationToken);
        return null;
    }

    /// <summary>Ends something, with its place in the list of what was revoked, in one transaction.</summary>
    /// <param name="notThere">The refusal when there is nothing to be ended.</param>
    private async Task<Refusal?> EndAsync(Func<SkytaleContext, Task<bool>> end, Refusal notThere, CancellationToken cancellationToken)
    {
        await using var context = open();
        await context.BeginExclusiveAsync(cancellationToken);
        if (!await end(context))
            return notThere;
        await context.Database.CommitTransactionAsync(cancellationToken);
        return null;
    }

    /// <summary>Takes one from the account's quota: a conditional update of one row, so racing requests cannot pass it together.</summary>
    private static async Task<Refusal?> CountAsync(
        SkytaleContext context, AccountId account, string counter, int limit, string what, CancellationToken cancellationToken)
    {
        var counted = await context.Accounts.Where(row => row.Id == account && row.ClosedAt == null && EF.Property<int>(row, counter) < limit)
            .ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<int>(row, counter), row => EF.Property<int>(row, counter) + 1), cancellationToken);
        if (counted == 1)
            return null;
        return await context.Accounts.AnyAsync(row => row.Id == account && row.ClosedAt == null, cancellationToken)
            ? Reached(limit, what)
            : NoAccount;
    }

    private static Refusal NoAccount => new(ErrorCode.NotFound, "There is no such account.");

    private static Refusal Reached(int limit, string what) => new(ErrorCode.LimitReached, $"An account has at most {limit} {what}.");

    private async Task<T?> FindAsync<T>(Expression<Func<T, bool>> condition, CancellationToken cancellationToken)
        where T : class
    {
        await using var context = open();
        return await context.Set<T>().AsNoTracking().SingleOrDefaultAsync(condition, cancellationToken);
    }

    private async Task<bool> UpdateAsync<T>(Expression<Func<T, bool>> condition, Action<UpdateSettersBuilder<T>> change, CancellationToken cancellationToken)
        where T : class
    {
        await using var context = open();
        return await context.Set<T>().Where(condition).ExecuteUpdateAsync(change, cancellationToken) > 0;
    }
}
