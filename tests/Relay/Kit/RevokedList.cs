using Skytale.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Relay.Tests.Kit;

/// <summary>The list of what was revoked, in memory.</summary>
internal sealed class RevokedList : IRevocations
{
    private readonly List<Revocation> _all = [];

    /// <summary>Set: reading fails with it.</summary>
    public Exception? Failure { get; set; }

    public void Add(RevokedKind kind, string subject, DateTimeOffset at)
    {
        lock (_all)
            _all.Add(new Revocation(_all.Count + 1, kind, subject, at));
    }

    /// <summary>The database is put back to what it was before the last entries.</summary>
    public void PutBack(int entries)
    {
        lock (_all)
            _all.RemoveRange(_all.Count - entries, entries);
    }

    public Task<IReadOnlyList<Revocation>> ReadAsync(long after, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            return Task.FromException<IReadOnlyList<Revocation>>(failure);
        lock (_all)
            return Task.FromResult<IReadOnlyList<Revocation>>([.. _all.Where(entry => entry.Number > after).Take(IRevocations.PageSize)]);
    }
}
