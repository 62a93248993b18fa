using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>What is old goes from channels that nobody uses too: this goes round all channels of the log, a few a turn. One caller at a time.</summary>
public sealed class UnusedChannels(IChannelLog log, ActiveChannels channels, ChannelLimits limits, TimeProvider time)
{
    /// <summary>Channels that are looked at in one turn.</summary>
    public const int PerTurn = 20;

    /// <summary>A round begins so long after the one before at the earliest.</summary>
    internal static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(1);

    private ChannelId? _after;
    private long? _begun;

    /// <summary>Looks at the next few channels; at none between two rounds.</summary>
    /// <exception cref="ChannelLogException">The log refuses; the next turn goes on behind the channel that it refused.</exception>
    internal async Task TurnAsync()
    {
        if (_after is null)
        {
            if (_begun is { } begun && time.GetElapsedTime(begun) < BetweenRounds)
                return;
            _begun = time.GetTimestamp();
        }
        var ids = await log.ReadIdsAsync(_after, PerTurn);
        foreach (var id in ids)
        {
            _after = id;
            await TrimAsync(id);
        }
        if (ids.Count < PerTurn)
            _after = null;
    }

    private async Task TrimAsync(ChannelId id)
    {
        if (channels.IsLoaded(id) || await log.LoadAsync(id) is not { } stored)
            return;
        var now = time.GetUtcNow();
        var (messages, commits) = await OldEntries.FindAsync(log, id, stored.MessagesTrimmed, stored.CommitsTrimmed, limits, now);
        if (messages <= stored.MessagesTrimmed && !await HasCommitToTrimAsync(stored, commits))
            return;
        // Its single writer does it: somebody may begin to use it now.
        var found = await channels.FindAsync(id);
        if (!found.IsSuccess)
            return;
        await found.Value.TrimOldAsync(limits, now);
        channels.Release(found.Value);
    }

    /// <summary>The newest commit stays in the log however old it is: what is before it may go.</summary>
    private async Task<bool> HasCommitToTrimAsync(StoredChannel stored, Sequence commits)
    {
        if (commits <= stored.CommitsTrimmed || stored.Epoch.Value == 0)
            return false;
        var newest = await log.FindCommitAsync(stored.Record.Id, new Epoch(stored.Epoch.Value - 1));
        return newest is null || commits < newest.Sequence || stored.CommitsTrimmed.Next < newest.Sequence;
    }
}
