using Skytale.Application.Ports;
using Skytale.Channels;

namespace Skytale.Application.Delivery;

/// <summary>What channels need now and then: acknowledgements saved, what nobody needs trimmed, the unused let go and looked at from time to time.</summary>
public sealed class ChannelUpkeep(ActiveChannels channels, UnusedChannels unused, JoinRequests requests, ChannelLimits limits, TimeProvider time)
{
    /// <summary>How often <see cref="RunOnceAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Every so many rounds what is old is looked for too.</summary>
    private const int LongRound = 600;

    private static readonly TimeSpan s_unused = TimeSpan.FromMinutes(5);

    private int _round;

    /// <summary>One round over all channels in use, and a turn of the others. One caller at a time.</summary>
    /// <returns>What the log refused; null when it did not.</returns>
    public async Task<ChannelLogException?> RunOnceAsync()
    {
        ChannelLogException? failure = null;
        var isLong = ++_round % LongRound == 0;
        if (isLong)
            requests.RemoveOld(time.GetUtcNow());
        foreach (var channel in channels.Loaded)
            failure = await TryAsync(() => KeepUpAsync(channel, isLong)) ?? failure;
        return await TryAsync(unused.TurnAsync) ?? failure;
    }

    private async Task KeepUpAsync(ActiveChannel channel, bool isLong)
    {
        var mayGo = time.GetElapsedTime(channel.LastUsed) > s_unused && channel.IsAtRest;
        await channel.SaveAcknowledgementsAsync();
        await channel.TrimAsync(limits);
        if (isLong || mayGo)
            await channel.TrimOldAsync(limits, time.GetUtcNow());
        if (mayGo)
            channels.Release(channel);
    }

    private static async Task<ChannelLogException?> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (ChannelLogException refused)
        {
            return refused.Error == ChannelLogError.Conflict ? null : refused; // Let go meanwhile.
        }
    }
}
