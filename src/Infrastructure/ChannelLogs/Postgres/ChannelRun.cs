using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls.Messages;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>What a batch appends to one channel: entries that follow one another. Where one does not, it and all behind it are refused.</summary>
internal sealed class ChannelRun(PendingAppend first)
{
    private readonly List<PendingAppend> _appends = [first];

    internal IReadOnlyList<PendingAppend> Appends => _appends;

    internal long First => (long)Appends[0].Entry.Sequence.Value;

    internal long Last => (long)Appends[^1].Entry.Sequence.Value;

    internal long EpochBefore => (long)Appends[0].Entry.Epoch.Value;

    internal long EpochAfter => (long)Behind(Appends[^1].Entry).Value;

    internal long Bytes => Appends.Sum(append => (long)append.Entry.Encoded.Length);

    /// <summary>The newest state that the entries lead to; null where there is no commit among them.</summary>
    internal byte[]? State => Appends.LastOrDefault(append => append.Change is not null)?.Change!.State.ToArray();

    /// <summary>True once an entry did not follow.</summary>
    internal bool IsBroken { get; private set; }

    internal void Add(PendingAppend append)
    {
        var before = Appends[^1].Entry;
        IsBroken |= append.Entry.Sequence != before.Sequence.Next || append.Entry.Epoch != Behind(before);
        if (IsBroken)
            append.Fail(new ChannelLogException(ChannelLogError.Conflict, $"Entry {append.Entry.Sequence} of epoch {append.Entry.Epoch} does not follow {before.Sequence}."));
        else
            _appends.Add(append);
    }

    internal void Refuse(ChannelLogException failure)
    {
        foreach (var append in _appends)
            append.Fail(failure);
    }

    private static Epoch Behind(LogEntry entry) => entry is CommitEntry ? entry.Epoch.Next : entry.Epoch;
}
