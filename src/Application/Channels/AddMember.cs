using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Gives a member a KeyPackage of another agent, to add it with.</summary>
public sealed record AddMember(Caller Caller, ChannelId ChannelId, AgentId AgentId) : IRequest<Result<ReadOnlyMemory<byte>>>;

public sealed class AddMemberHandler(ActiveChannels channels, KeyPackagePools pools, TimeProvider time) : IRequestHandler<AddMember, Result<ReadOnlyMemory<byte>>>
{
    public Task<Result<ReadOnlyMemory<byte>>> Handle(AddMember request, CancellationToken cancellationToken) =>
        channels.UseAsync(request.Caller, Verb.Manage, request.ChannelId, channel => Task.FromResult(
            channel.Look(judged => judged.JudgeAdding(request.Caller.AgentId, request.AgentId)) is { } refusal ? refusal : pools.Claim(request.Caller.AgentId, request.AgentId, time.GetUtcNow())));
}
