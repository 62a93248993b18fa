using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Opens a channel on the one-member group that the caller built. A repeat of the same request finds the same channel.</summary>
public sealed record CreateChannel(Caller Caller, ChannelName Name, ReadOnlyMemory<byte> GroupInfo, ReadOnlyMemory<byte> Welcome) : IRequest<Result<CreatedChannel>>;

/// <param name="Welcome">The creator's own: the one of the request, which is the first request's too.</param>
public sealed record CreatedChannel(ChannelId ChannelId, ReadOnlyMemory<byte> Welcome);

public sealed class CreateChannelHandler(IChannelLog log, ChannelLimits limits, TimeProvider time) : IRequestHandler<CreateChannel, Result<CreatedChannel>>
{
    public async Task<Result<CreatedChannel>> Handle(CreateChannel request, CancellationToken cancellationToken)
    {
        var judged = Channel.Create(request.Caller, request.Name, request.GroupInfo, request.Welcome, time.GetUtcNow());
        if (!judged.IsSuccess)
            return judged.Refusal;
        try
        {
            return await CreateAsync(request, judged.Value);
        }
        catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
        {
            return ActiveChannels.Unavailable;
        }
    }

    private async Task<Result<CreatedChannel>> CreateAsync(CreateChannel request, NewChannel channel)
    {
        // Nothing of the Welcome is kept: a repeat brings it along, and the channel's hash says that it is the same.
        var created = new CreatedChannel(channel.Record.Id, request.Welcome);
        if (await log.LoadAsync(channel.Record.Id) is { } before)
            return channel.JudgeRepeat(before.Record) is { } another ? another : created;
        var load = await log.ReadLoadAsync(request.Caller.AgentId);
        if (limits.JudgeAdded(request.Caller.AgentId, load.Channels, welcomes: 0) is { } full)
            return full;
        switch (await log.CreateAsync(channel.Record, Tls.Encode(channel.State).Memory))
        {
            case ChannelCreation.Created:
                return created;
            case ChannelCreation.NameTaken:
                return new Refusal(ErrorCode.ChannelNameTaken, $"There is a channel named {request.Name} already.");
            default: // The same id at the same time.
                var winner = await log.LoadAsync(channel.Record.Id);
                return channel.JudgeRepeat(winner!.Record) is { } lost ? lost : created;
        }
    }
}
