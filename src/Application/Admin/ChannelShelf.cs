using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Admin;

/// <summary>The channels' log as administrators look at it, where this server has one: a server that serves the API alone has Postgres' at most.</summary>
public sealed class ChannelShelf(IEnumerable<IChannelLog> logs)
{
    /// <summary>A page of channels by id.</summary>
    /// <param name="after">A channel's id; null: from the first on.</param>
    public async Task<Result<IReadOnlyList<StoredChannel>>> ReadAsync(ChannelId? after, int most)
    {
        if (logs.FirstOrDefault() is not { } log)
            return NoLog;
        try
        {
            var found = new List<StoredChannel>();
            foreach (var id in await log.ReadIdsAsync(after, most))
            {
                if (await log.LoadAsync(id) is { } channel)
                    found.Add(channel);
            }
            return found;
        }
        catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
        {
            return Unavailable;
        }
    }

    /// <summary>Null where the channel is there.</summary>
    public async Task<Refusal?> MissesAsync(ChannelId id)
    {
        if (logs.FirstOrDefault() is not { } log)
            return NoLog;
        try
        {
            return id != default && await log.LoadAsync(id) is not null ? null : new Refusal(ErrorCode.NotFound, "There is no such channel.");
        }
        catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
        {
            return Unavailable;
        }
    }

    private static Refusal NoLog => new(ErrorCode.Unavailable, "The channels are not where this server could see them: ask one that serves the relay too.");

    private static Refusal Unavailable => new(ErrorCode.Unavailable, "The channels' log gives nothing now. Try again.");
}
