using System.Runtime.CompilerServices;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>The whole audit log, oldest first: <c>GET /admin/audit/export</c>. It is read as it is taken, a page at a time.</summary>
public sealed record ExportAudit(SecretText Credential) : IRequest<Result<ExportedAudit>>;

public sealed record ExportedAudit(IAsyncEnumerable<AuditEntry> Entries);

public sealed class ExportAuditHandler(AdminCheck admins, IAdminStore store) : IRequestHandler<ExportAudit, Result<ExportedAudit>>
{
    private const int PageSize = 1_000;

    public async Task<Result<ExportedAudit>> Handle(ExportAudit request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        return admin.IsSuccess ? new ExportedAudit(ReadAsync(cancellationToken)) : admin.Refusal;
    }

    private async IAsyncEnumerable<AuditEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = 0L;
        while (await store.ReadAuditAsync(last, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var entry in page)
                yield return entry;
            last = page[^1].Seq;
        }
    }
}
