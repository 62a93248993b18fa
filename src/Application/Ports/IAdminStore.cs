using Skytale.Accounts;
using Skytale.Application.Admin;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>Administrators, and what they and the machine do. Safe for use by several threads.</summary>
public interface IAdminStore
{
    /// <summary>The administrator, also a revoked one.</summary>
    Task<Administrator?> FindAdminAsync(AdminId id, CancellationToken cancellationToken);

    /// <summary>All that there ever were, by when they were made.</summary>
    Task<IReadOnlyList<Administrator>> AdminsAsync(CancellationToken cancellationToken);

    /// <summary>Replaces an administrator's hash by one of the same secret, if it still is the one that was read.</summary>
    Task ReplaceAdminHashAsync(AdminId id, SecretHash read, SecretHash replacement, CancellationToken cancellationToken);

    /// <summary>
    /// Carries the act out and records it, in one transaction: what cannot be recorded is not done. An act that is refused although what
    /// it names is there is recorded with its code; one that names nothing is not.
    /// </summary>
    /// <returns>The entry in the audit log, or why it was refused.</returns>
    Task<Result<AuditEntry>> CarryOutAsync(AdminAct act, ActedBy by, CancellationToken cancellationToken);

    /// <summary>The audit log's entries behind a place, oldest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(long after, int most, CancellationToken cancellationToken);
}

/// <summary>Who carries an act out, when and why; as in <see cref="AuditRecord"/>.</summary>
public sealed record ActedBy(DateTimeOffset At, string Actor, string? Reason = null, string? RequestId = null)
{
    /// <summary>A command beside the server, or the server by itself.</summary>
    public static ActedBy Machine(DateTimeOffset at) => new(at, AuditRecord.Machine);
}
