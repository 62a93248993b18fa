using Skytale.Accounts;

namespace Skytale.Application.Ports;

/// <summary>The list of what was revoked, as relays follow it. Safe for use by several threads.</summary>
public interface IRevocations
{
    /// <summary>Most that one read gives.</summary>
    const int PageSize = 1_000;

    /// <summary>What stands behind a place, in order; nothing comes before a place that was read, as long as the list is the same.</summary>
    Task<IReadOnlyList<Revocation>> ReadAsync(long after, CancellationToken cancellationToken);
}
