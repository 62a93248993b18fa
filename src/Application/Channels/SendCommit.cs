using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Changes the channel's group: commit, GroupInfo and Welcome together or not at all. A repeat of the commit is answered with its place.</summary>
public sealed record SendCommit(Caller Caller, ChannelId ChannelId, ReadOnlyMemory<byte> Commit, ReadOnlyMemory<byte> GroupInfo, ReadOnlyMemory<byte>? Welcome) : IRequest<Result<Sequence>>;

public sealed class SendCommitHandler(ActiveChannels channels, IChannelLog log, ConnectedAgents connected, JoinRequests requests, ChannelLimits limits, TimeProvider time)
    : IRequestHandler<SendCommit, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(SendCommit request, CancellationToken cancellationToken) =>
        channels.UseAsync(request.ChannelId, channel => CommitAsync(channel, request));

    private async Task<Result<Sequence>> CommitAsync(ActiveChannel channel, SendCommit request)
    {
        if (await FindRepeatAsync(channel, request) is { } repeat)
            return repeat;
        var judged = channel.Look(judge => judge.Judge(request.Caller.AgentId, request.Commit, request.GroupInfo, request.Welcome, time.GetUtcNow()));
        if (!judged.IsSuccess)
            return judged.Refusal;
        if (request.Caller.Judge(judged.Value, channel.Name) is { } outOfScope)
            return outOfScope;
        foreach (var agent in judged.Value.Added.Except(judged.Value.Removed))
        {
            var load = await log.ReadLoadAsync(agent);
            if (limits.JudgeAdded(agent, load.Channels, load.Welcomes) is { } full)
                return full;
        }
        var accepted = await channel.CommitAsync(judged.Value);
        if (accepted.IsSuccess)
        {
            requests.Follow(channel.Id, judged.Value);
            foreach (var agent in judged.Value.Added)
                connected.Pulse(agent);
        }
        return accepted;
    }

    private async Task<Sequence?> FindRepeatAsync(ActiveChannel channel, SendCommit request)
    {
        if (Channel.EpochOf(request.Commit) is not { } epoch || epoch >= channel.Look(ahead => ahead.Epoch))
            return null;
        await channel.SettledAsync(); // The first of the two may be on its way to the log.
        return await log.FindCommitAsync(channel.Id, epoch) is { } winner && winner.Sender == request.Caller.AgentId && winner.Hash == Channel.HashOf(request.Commit)
            ? winner.Sequence
            : null;
    }
}
