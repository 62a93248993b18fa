using System.Globalization;
using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>How many KeyPackages agents have left at each node, for an administrator: <c>GET /admin/key-packages</c>.</summary>
/// <param name="Below">A number: agents with fewer left alone; null: all.</param>
public sealed record SeeKeyPackages(SecretText Credential, string? Below, PageAsked Page) : IRequest<Result<Page<KeyPackageLevel>>>;

public sealed class SeeKeyPackagesValidator : AbstractValidator<SeeKeyPackages>
{
    public SeeKeyPackagesValidator()
    {
        this.IsPage(request => request.Page);
        RuleFor(request => request.Below).Must(below => below is null || int.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out _)).WithMessage("below is a number.");
    }
}

public sealed class SeeKeyPackagesHandler(AdminCheck admins, INodes nodes, TimeProvider time) : IRequestHandler<SeeKeyPackages, Result<Page<KeyPackageLevel>>>
{
    public async Task<Result<Page<KeyPackageLevel>>> Handle(SeeKeyPackages request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        int? below = request.Below is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        var heardSince = time.GetUtcNow() - Node.Silent;
        return await request.Page.ReadAsync(
            (after, most) => nodes.KeyPackagesAsync(below, heardSince, after, most, cancellationToken), level => $"{level.AgentId} {level.NodeId}");
    }
}
