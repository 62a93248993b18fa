using MediatR;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Changes the channel's group: commit, GroupInfo and Welcome together or not at all.</summary>
public sealed record SendCommit(Caller Caller, ChannelId ChannelId, ReadOnlyMemory<byte> Commit, ReadOnlyMemory<byte> GroupInfo, ReadOnlyMemory<byte>? Welcome) : IRequest<Result<Sequence>>;

public sealed class SendCommitHandler(ChannelDirectory directory, AgentPlaces places, ChannelTails tails, ConnectedAgents connected, TimeProvider time)
    : IRequestHandler<SendCommit, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(SendCommit request, CancellationToken cancellationToken) => Task.FromResult(Commit(request));

    private Result<Sequence> Commit(SendCommit request)
    {
        var channel = directory.Find(request.ChannelId);
        if (!channel.IsSuccess)
            return channel.Refusal;
        var outcome = channel.Value.Commit(request.Caller.AgentId, request.Commit, request.GroupInfo, request.Welcome, time.GetUtcNow(), places);
        if (!outcome.IsSuccess)
            return outcome.Refusal;
        tails.Pulse(channel.Value.Id);
        foreach (var added in outcome.Value.Added)
            connected.Pulse(added);
        return outcome.Value.Sequence;
    }
}
