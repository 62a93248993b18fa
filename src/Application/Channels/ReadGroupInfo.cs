using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>The channel's current epoch and its GroupInfo, for a member.</summary>
public sealed record ReadGroupInfo(Caller Caller, ChannelId ChannelId) : IRequest<Result<(Epoch Epoch, ReadOnlyMemory<byte> GroupInfo)>>;

public sealed class ReadGroupInfoHandler(ActiveChannels channels) : IRequestHandler<ReadGroupInfo, Result<(Epoch Epoch, ReadOnlyMemory<byte> GroupInfo)>>
{
    public Task<Result<(Epoch Epoch, ReadOnlyMemory<byte> GroupInfo)>> Handle(ReadGroupInfo request, CancellationToken cancellationToken) => channels.UseAsync(
        request.Caller, Verb.Receive, request.ChannelId, async channel =>
        {
            var found = channel.Look(read => read.GroupInfoFor(request.Caller.AgentId));
            await channel.SettledAsync(); // Nobody is told of a commit that is not stored.
            return found;
        });
}
