using Skytale.Mls.Groups;

namespace Skytale.Mls.Tests.Properties;

/// <summary>A commit that a participant made and has not merged: it may still lose against another's.</summary>
internal sealed class Prepared(PendingCommit pending, Change change, IReadOnlyList<Participant> added) : IDisposable
{
    public PendingCommit Pending { get; private set; } = pending;

    public Change Change => change;

    /// <summary>Clients that it invites; they are in the world once the commit was accepted.</summary>
    public IReadOnlyList<Participant> Added { get; } = added;

    /// <summary>True when the service accepted it: it is in the log, and only waits to be met there.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The same from its bytes, after a restart.</summary>
    public void Restore(MlsGroup group, ReadOnlySpan<byte> stored)
    {
        Pending.Dispose();
        Pending = group.DeserializePending(stored);
    }

    public void Dispose()
    {
        Pending.Dispose();
        if (IsAccepted)
            return;
        foreach (var participant in Added)
            participant.Dispose();
    }
}
