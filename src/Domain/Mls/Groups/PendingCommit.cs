using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1: this member's own commit, not applied yet. Disposal drops it, unless it was merged.</summary>
public sealed class PendingCommit : IDisposable
{
    private MlsGroup? _next;

    internal PendingCommit(MlsMessage commit, Welcome? welcome, GroupInfo groupInfo, MlsGroup next)
    {
        Commit = commit;
        Welcome = welcome;
        GroupInfo = groupInfo;
        Epoch = new Epoch(next.Epoch.Value - 1);
        _next = next;
    }

    /// <summary>For the group.</summary>
    public MlsMessage Commit { get; }

    /// <summary>The epoch that the commit ends.</summary>
    public Epoch Epoch { get; }

    /// <summary>For the members that it adds; null when there are none.</summary>
    public Welcome? Welcome { get; }

    /// <summary>The next epoch, for the Delivery Service and those who may join it.</summary>
    public GroupInfo GroupInfo { get; }

    /// <summary>The next epoch's state, as long as it was not taken.</summary>
    internal MlsGroup Next => _next ?? throw new MlsException(MlsError.NoSuchPendingCommit, "merged or dropped already");

    public void Dispose()
    {
        _next?.Dispose();
        _next = null;
    }

    internal void CheckIsOf(MlsGroup group)
    {
        if (Next.GroupId != group.GroupId || Epoch != group.Epoch || Next.OwnLeaf != group.OwnLeaf)
            throw new MlsException(MlsError.NoSuchPendingCommit, "of another epoch");
    }

    internal MlsGroup TakeNext(MlsGroup from)
    {
        CheckIsOf(from);
        var next = Next;
        _next = null;
        return next;
    }
}
