using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

// What a channel no longer keeps: what every member has acknowledged, what is too old, and the oldest of what is too much.
public sealed partial class ActiveChannel
{
    private const int ReadSize = 256 << 10;

    /// <summary>Acknowledged messages that are worth a trim; fewer wait for the next look at what is old.</summary>
    private const int WorthATrim = 1_000;

    /// <summary>A channel that goes over its size goes this far below it, so that it is not trimmed for every message.</summary>
    private const double KeptOfSize = 0.9;

    /// <summary>Tells the log how far agents have acknowledged. One caller at a time.</summary>
    internal async Task SaveAcknowledgementsAsync()
    {
        var acknowledged = LookUnseen(channel => channel.TakeAcknowledged());
        if (acknowledged.Count > 0)
            await _log.AcknowledgeAsync(Id, acknowledged);
    }

    /// <summary>Forgets what every member has acknowledged, where that is worth it, and the oldest of what is too much. One caller at a time.</summary>
    internal async Task TrimAsync(ChannelLimits limits)
    {
        await SettledAsync();
        var messages = LookUnseen(channel => channel.AcknowledgedByAll);
        if (messages.Value < MessagesTrimmed.Value + WorthATrim)
            messages = MessagesTrimmed;
        await TrimAsync(Max(messages, await FindTooMuchAsync(limits)), CommitsTrimmed);
    }

    /// <summary>Forgets also the little that every member has acknowledged, and what is too old. One caller at a time.</summary>
    internal async Task TrimOldAsync(ChannelLimits limits, DateTimeOffset now)
    {
        await SettledAsync();
        var (messages, commits) = await OldEntries.FindAsync(_log, Id, MessagesTrimmed, CommitsTrimmed, limits, now);
        await TrimAsync(Max(messages, LookUnseen(channel => channel.AcknowledgedByAll)), commits);
    }

    private async Task TrimAsync(Sequence messages, Sequence commits)
    {
        if (messages <= MessagesTrimmed && commits <= CommitsTrimmed)
            return;
        var freed = await _log.TrimAsync(Id, messages, commits);
        lock (_gate)
        {
            _bytes -= freed;
            MessagesTrimmed = Max(messages, MessagesTrimmed);
            CommitsTrimmed = Max(commits, CommitsTrimmed);
        }
    }

    /// <summary>The place up to which messages must go for the channel to be of its size.</summary>
    private async Task<Sequence> FindTooMuchAsync(ChannelLimits limits)
    {
        long over;
        lock (_gate)
            over = _bytes > limits.BytesPerChannel ? _bytes - (long)(KeptOfSize * limits.BytesPerChannel) : 0;
        var at = MessagesTrimmed;
        while (over > 0)
        {
            var entries = await _log.ReadAsync(Id, at, ReadSize);
            if (entries.Count == 0)
                break;
            foreach (var entry in entries.TakeWhile(_ => over > 0))
            {
                at = entry.Sequence;
                over -= entry is MessageEntry ? entry.Encoded.Length : 0;
            }
        }
        return at;
    }

    private static Sequence Max(Sequence left, Sequence right) => left > right ? left : right;
}
