using MediatR;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Gives a member a KeyPackage of another agent, to add it with.</summary>
public sealed record AddMember(Caller Caller, ChannelId ChannelId, AgentId AgentId) : IRequest<Result<ReadOnlyMemory<byte>>>;

public sealed class AddMemberHandler(ChannelDirectory directory, KeyPackagePools pools, TimeProvider time) : IRequestHandler<AddMember, Result<ReadOnlyMemory<byte>>>
{
    public Task<Result<ReadOnlyMemory<byte>>> Handle(AddMember request, CancellationToken cancellationToken) => Task.FromResult(Claim(request));

    private Result<ReadOnlyMemory<byte>> Claim(AddMember request)
    {
        var channel = directory.Find(request.ChannelId);
        if (!channel.IsSuccess)
            return channel.Refusal;
        return channel.Value.JudgeAdding(request.Caller.AgentId, request.AgentId) is { } refusal ? refusal : pools.Claim(request.AgentId, time.GetUtcNow());
    }
}
