using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>What in a channel's log is too old to keep.</summary>
internal static class OldEntries
{
    private const int ReadSize = 256 << 10;

    /// <summary>The newest message and the newest commit that are too old; the places up to which they are gone, where nothing else is.</summary>
    internal static async Task<(Sequence Messages, Sequence Commits)> FindAsync(
        IChannelLog log, ChannelId channel, Sequence messages, Sequence commits, ChannelLimits limits, DateTimeOffset now)
    {
        for (var at = commits < messages ? commits : messages; ;)
        {
            var entries = await log.ReadAsync(channel, at, ReadSize);
            foreach (var entry in entries)
            {
                if (entry.At > now - limits.MessageAge)
                    return (messages, commits); // Entries are in the order of time.
                if (entry is MessageEntry)
                    messages = entry.Sequence;
                else if (entry.At <= now - limits.CommitAge)
                    commits = entry.Sequence;
            }
            if (entries.Count == 0)
                return (messages, commits);
            at = entries[^1].Sequence;
        }
    }
}
