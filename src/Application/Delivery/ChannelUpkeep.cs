using Skytale.Application.Ports;
using Skytale.Channels;

namespace Skytale.Application.Delivery;

/// <summary>What channels in use need now and then: acknowledgements saved, what nobody needs trimmed, the unused let go.</summary>
public sealed class ChannelUpkeep(ActiveChannels channels, ChannelLimits limits, TimeProvider time)
{
    /// <summary>How often <see cref="RunOnceAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Every so many rounds what is old is looked for too.</summary>
    private const int LongRound = 600;

    private static readonly TimeSpan s_unused = TimeSpan.FromMinutes(5);

    private int _round;

    /// <summary>One round over all channels in use. One caller at a time.</summary>
    /// <returns>What the log refused; null when it did not.</returns>
    public async Task<ChannelLogException?> RunOnceAsync()
    {
        ChannelLogException? failure = null;
        var isLong = ++_round % LongRound == 0;
        foreach (var channel in channels.Loaded)
        {
            try
            {
                await channel.SaveAcknowledgementsAsync();
                await channel.TrimAsync(limits);
                if (isLong)
                    await channel.TrimOldAsync(limits, time.GetUtcNow());
                if (time.GetElapsedTime(channel.LastUsed) > s_unused)
                    channels.Release(channel);
            }
            catch (ChannelLogException refused) when (refused.Error == ChannelLogError.Conflict)
            {
                // Let go meanwhile.
            }
            catch (ChannelLogException refused)
            {
                failure = refused;
            }
        }
        return failure;
    }
}
