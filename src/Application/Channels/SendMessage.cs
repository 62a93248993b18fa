using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>
/// Puts an application message into the channel's order. The first answer is that it has its place there: the next of the sender
/// may come. The second, when it is stored, is which place.
/// </summary>
public sealed record SendMessage(Caller Caller, ChannelId ChannelId, MessageId MessageId, ReadOnlyMemory<byte> Ciphertext) : IRequest<Result<Task<Result<Sequence>>>>;

public sealed class SendMessageHandler(ActiveChannels channels, Traffic traffic, TimeProvider time) : IRequestHandler<SendMessage, Result<Task<Result<Sequence>>>>
{
    public async Task<Result<Task<Result<Sequence>>>> Handle(SendMessage request, CancellationToken cancellationToken)
    {
        var placed = await channels.UseAsync(request.Caller, Verb.Send, request.ChannelId, channel => PlaceAsync(channel, request));
        return placed.IsSuccess ? StoredAsync(request, placed.Value) : placed.Refusal;
    }

    private Task<Result<Placed>> PlaceAsync(ActiveChannel channel, SendMessage request) =>
        channel.PlaceAsync(request.Caller.AgentId, request.MessageId, request.Ciphertext, time.GetUtcNow());

    private async Task<Result<Sequence>> StoredAsync(SendMessage request, Placed placed)
    {
        try
        {
            await placed.Stored;
            traffic.Count(request.Ciphertext.Length);
            return placed.Sequence;
        }
        catch (ChannelLogException conflict) when (conflict.Error == ChannelLogError.Conflict)
        {
            return await channels.UseAsync(request.Caller, Verb.Send, request.ChannelId, channel => StoreAsync(channel, request)); // Judged by what another writer has put there.
        }
        catch (ChannelLogException failure) when (failure.Error != ChannelLogError.Corrupt)
        {
            return ActiveChannels.Unavailable;
        }
    }

    private async Task<Result<Sequence>> StoreAsync(ActiveChannel channel, SendMessage request)
    {
        var placed = await PlaceAsync(channel, request);
        if (!placed.IsSuccess)
            return placed.Refusal;
        await placed.Value.Stored;
        return placed.Value.Sequence;
    }
}
