using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>The service's accounts, for an administrator: <c>GET /admin/accounts</c>.</summary>
/// <param name="Search">As in <see cref="IOverview.AccountsAsync"/>.</param>
/// <param name="State">The name of an <see cref="AccountState"/> in lower case; null: in whichever.</param>
public sealed record SeeAccounts(SecretText Credential, string? Search, string? State, PageAsked Page) : IRequest<Result<Page<AccountSeen>>>
{
    internal AccountState? WantedState => Enum.GetValues<AccountState>().Cast<AccountState?>().FirstOrDefault(state => state.ToString()!.Equals(State, StringComparison.OrdinalIgnoreCase));
}

public sealed class SeeAccountsValidator : AbstractValidator<SeeAccounts>
{
    public SeeAccountsValidator()
    {
        this.IsPage(request => request.Page);
        RuleFor(request => request.Search).IsSearch();
        RuleFor(request => request.State).Must((request, state) => state is null || request.WantedState is not null).WithMessage("state is active, suspended or closed.");
    }
}

public sealed class SeeAccountsHandler(AdminCheck admins, IOverview overview) : IRequestHandler<SeeAccounts, Result<Page<AccountSeen>>>
{
    public async Task<Result<Page<AccountSeen>>> Handle(SeeAccounts request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        return await request.Page.ReadAsync(
            (after, most) => overview.AccountsAsync(request.Search, request.WantedState, after, most, cancellationToken), seen => seen.Account.Id.ToString());
    }
}
