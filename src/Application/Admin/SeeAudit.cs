using System.Globalization;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>A part of the audit log, oldest first: <c>GET /admin/audit</c>. Its cursor is the place of an entry.</summary>
public sealed record SeeAudit(SecretText Credential, PageAsked Page) : IRequest<Result<Page<AuditEntry>>>;

public sealed class SeeAuditValidator : AbstractValidator<SeeAudit>
{
    public SeeAuditValidator()
    {
        this.IsPage(request => request.Page);
        RuleFor(request => request.Page.After).Must(after => after is null || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OverridePropertyName(nameof(PageAsked.After)).WithMessage("after is the place of an entry: a number.");
    }
}

public sealed class SeeAuditHandler(AdminCheck admins, IAdminStore store) : IRequestHandler<SeeAudit, Result<Page<AuditEntry>>>
{
    public async Task<Result<Page<AuditEntry>>> Handle(SeeAudit request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        return await request.Page.ReadAsync(
            (after, most) => store.ReadAuditAsync(after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture), most, cancellationToken),
            entry => entry.Seq.ToString(CultureInfo.InvariantCulture));
    }
}
