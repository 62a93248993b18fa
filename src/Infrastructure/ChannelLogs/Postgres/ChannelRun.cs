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

    internal long EpochAfter => (long)Behind(Appends[^1]).Value;

    internal long Bytes => Appends.Sum(append => (long)append.Entry.Encoded.Length);

    /// <summary>The newest state that the entries lead to; null where none of them changes it.</summary>
    internal byte[]? State => Appends.LastOrDefault(append => append.Change is not null)?.Change!.State.ToArray();

    /// <summary>True once an entry did not follow.</summary>
    internal bool IsBroken { get; private set; }

    internal void Add(PendingAppend append)
    {
        var before = Appends[^1].Entry;
        IsBroken |= append.Entry.Sequence != before.Sequence.Next || append.Entry.Epoch != Behind(Appends[^1]);
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

    /// <summary>True when a later one of the run says that this one is void.</summary>
    internal bool IsVoid(PendingAppend append) => _appends.Exists(
        later => later.Entry.Sequence > append.Entry.Sequence && later.Change?.Voids is { } voids && voids.From <= append.Entry.Sequence);

    private static Epoch Behind(PendingAppend append) => GroupChange.EpochBehind(append.Entry, append.Change);
}
