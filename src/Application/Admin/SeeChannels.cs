using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>The channels that there are, for an administrator: <c>GET /admin/channels</c>.</summary>
public sealed record SeeChannels(SecretText Credential, PageAsked Page) : IRequest<Result<Page<ChannelSeen>>>;

/// <summary>A channel without its name.</summary>
/// <param name="Owner">Whose organisation its name begins with; null where nobody has that any more.</param>
/// <param name="Name">Where the operator's policy shows it.</param>
/// <param name="ClosedAt">When an administrator closed it.</param>
public sealed record ChannelSeen(StoredChannel Stored, ChannelQueue Queue, AccountId? Owner, ChannelName? Name, DateTimeOffset? ClosedAt);

/// <summary>What the operator lets administrators see.</summary>
/// <param name="ShowChannelNames">A channel's name is its owner's else.</param>
public sealed record AdminPolicy(bool ShowChannelNames = false);

public sealed class SeeChannelsValidator : AbstractValidator<SeeChannels>
{
    public SeeChannelsValidator() => this.IsPageOfChannels(request => request.Page);
}

public sealed class SeeChannelsHandler(AdminCheck admins, ChannelShelf shelf, IOverview overview, AdminPolicy policy) : IRequestHandler<SeeChannels, Result<Page<ChannelSeen>>>
{
    public async Task<Result<Page<ChannelSeen>>> Handle(SeeChannels request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var page = await request.Page.ReadChannelsAsync(shelf);
        if (!page.IsSuccess)
            return page.Refusal;
        var owners = await overview.OwnersAsync([.. page.Value.Items.Select(Org).Distinct()], cancellationToken);
        var closed = await overview.ClosedAsync([.. page.Value.Items.Select(stored => stored.Record.Id)], cancellationToken);
        return new Page<ChannelSeen>([.. page.Value.Items.Select(See)], page.Value.Next);

        ChannelSeen See(StoredChannel stored) => new(
            stored, ChannelQueue.Of(stored), owners.TryGetValue(Org(stored), out var owner) ? owner : null, policy.ShowChannelNames ? stored.Record.Name : null,
            closed.TryGetValue(stored.Record.Id, out var at) ? at : null);
    }

    private static OrgName Org(StoredChannel stored) => OrgName.Parse(stored.Record.Name.Org);
}
