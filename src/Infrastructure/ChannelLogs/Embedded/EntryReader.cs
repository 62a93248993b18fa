using RocksDbSharp;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>Reads a channel's messages and commits, which stand apart, as the one order that they are.</summary>
internal static class EntryReader
{
    internal static IReadOnlyList<LogEntry> Read(RocksDb database, ChannelId channel, Sequence after, int maxBytes, AgentKeys agents)
    {
        using var messages = database.NewIterator();
        using var commits = database.NewIterator();
        var messagePrefix = Keys.Prefix('m', channel.Bytes.Span);
        var commitPrefix = Keys.Prefix('c', channel.Bytes.Span);
        var place = StoredSequence.Write(after.Next);
        messages.Seek([.. messagePrefix, .. place]);
        commits.Seek([.. commitPrefix, .. place]);

        var entries = new List<LogEntry>();
        long bytes = 0;
        var (message, commit) = (Under(messages, messagePrefix), Under(commits, commitPrefix));
        while (message is not null || commit is not null)
        {
            LogEntry entry;
            if (commit is null || message < commit)
            {
                entry = StoredEntry.ReadMessage(new Sequence(message!.Value), messages.Value(), agents);
                messages.Next();
                message = Under(messages, messagePrefix);
            }
            else
            {
                entry = StoredEntry.ReadCommit(new Sequence(commit.Value), commits.Value(), agents);
                commits.Next();
                commit = Under(commits, commitPrefix);
            }
            bytes += entry.Encoded.Length;
            if (entries.Count > 0 && bytes > maxBytes)
                break;
            entries.Add(entry);
        }
        return entries;
    }

    private static ulong? Under(Iterator iterator, byte[] prefix)
    {
        if (!iterator.Valid())
            return null;
        var key = iterator.Key();
        return key.AsSpan().StartsWith(prefix) ? Keys.NumberOf(key) : null;
    }
}
