using MediatR;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>Opens a channel on the one-member group that the caller built. A repeat of the same request finds the same channel.</summary>
public sealed record CreateChannel(Caller Caller, ChannelName Name, ReadOnlyMemory<byte> GroupInfo, ReadOnlyMemory<byte> Welcome) : IRequest<Result<CreatedChannel>>;

/// <param name="Welcome">The creator's own: the one of the request, which is the first request's too.</param>
public sealed record CreatedChannel(ChannelId ChannelId, ReadOnlyMemory<byte> Welcome);

public sealed class CreateChannelHandler(ChannelDirectory directory, ChannelLimits limits, TimeProvider time) : IRequestHandler<CreateChannel, Result<CreatedChannel>>
{
    public Task<Result<CreatedChannel>> Handle(CreateChannel request, CancellationToken cancellationToken) => Task.FromResult(Create(request));

    private Result<CreatedChannel> Create(CreateChannel request)
    {
        var created = Channel.Create(request.Caller, request.Name, request.GroupInfo, request.Welcome, time.GetUtcNow(), limits);
        if (!created.IsSuccess)
            return created.Refusal;
        var channel = directory.Add(created.Value);
        // Nothing of the Welcome is kept: a repeat brings it along, and the channel's hash says that it is the same.
        return channel.IsSuccess ? new CreatedChannel(channel.Value.Id, request.Welcome) : channel.Refusal;
    }
}
