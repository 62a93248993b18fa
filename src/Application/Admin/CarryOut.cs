using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>An administrator's act, whichever it is: <c>POST /admin/…/suspend</c> and the others.</summary>
/// <param name="Credential">The administrator's token.</param>
/// <param name="Reason">Why, for the audit log; may be null.</param>
public sealed record CarryOut(SecretText Credential, AdminAct Act, string? Reason, string RequestId) : IRequest<Result<AuditEntry>>;

public sealed class CarryOutValidator : AbstractValidator<CarryOut>
{
    private const int MaxReasonLength = 500;

    public CarryOutValidator() =>
        RuleFor(request => request.Reason).Must(reason => reason!.Length <= MaxReasonLength && !reason.Any(char.IsControl)).When(request => request.Reason is not null)
            .WithMessage($"A reason has at most {MaxReasonLength} printable characters.");
}

public sealed class CarryOutHandler(AdminCheck admins, IAdminStore store, ChannelShelf shelf, TimeProvider time) : IRequestHandler<CarryOut, Result<AuditEntry>>
{
    public async Task<Result<AuditEntry>> Handle(CarryOut request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        if (request.Act is CloseChannel close && await shelf.MissesAsync(close.Id) is { } missing)
            return missing;
        var by = new ActedBy(time.GetUtcNow(), admin.Value.Id.ToString(), request.Reason, request.RequestId);
        return await store.CarryOutAsync(request.Act, by, cancellationToken);
    }
}
