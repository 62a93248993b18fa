using FluentValidation;
using MediatR;
using Skytale.Accounts;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>How far the members of each channel are, for an administrator: <c>GET /admin/queues</c>.</summary>
public sealed record SeeQueues(SecretText Credential, PageAsked Page) : IRequest<Result<Page<ChannelQueue>>>;

public sealed class SeeQueuesValidator : AbstractValidator<SeeQueues>
{
    public SeeQueuesValidator() => this.IsPageOfChannels(request => request.Page);
}

public sealed class SeeQueuesHandler(AdminCheck admins, ChannelShelf shelf) : IRequestHandler<SeeQueues, Result<Page<ChannelQueue>>>
{
    public async Task<Result<Page<ChannelQueue>>> Handle(SeeQueues request, CancellationToken cancellationToken)
    {
        var admin = await admins.AdminAsync(request.Credential, cancellationToken);
        if (!admin.IsSuccess)
            return admin.Refusal;
        var page = await request.Page.ReadChannelsAsync(shelf);
        return page.IsSuccess ? new Page<ChannelQueue>([.. page.Value.Items.Select(ChannelQueue.Of)], page.Value.Next) : page.Refusal;
    }
}
