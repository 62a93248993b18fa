using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.2: another member's commit, checked, with the epoch that it leads to. Disposal drops that epoch's state unless it was merged.</summary>
public sealed class StagedCommit : IDisposable
{
    private readonly OpenedHandshake _message;
    private readonly MlsGroup _from;
    private MlsGroup? _next;

    internal StagedCommit(StagedPublicCommit publicCommit, OpenedHandshake message, MlsGroup from, MlsGroup? next)
    {
        Public = publicCommit;
        _message = message;
        _from = from;
        _next = next;
        RemovesMe = next is null;
    }

    /// <summary>Who commits what.</summary>
    public StagedPublicCommit Public { get; }

    /// <summary>True when the commit removes this member: there is no next epoch for it.</summary>
    public bool RemovesMe { get; }

    public void Dispose()
    {
        _next?.Dispose();
        _next = null;
    }

    internal MlsGroup TakeNext(MlsGroup from)
    {
        if (RemovesMe)
            throw new MlsException(MlsError.Removed);
        if (!ReferenceEquals(from, _from) || _next is not { } next)
            throw new MlsException(MlsError.NoSuchPendingCommit);
        _message.Consume(from);
        _next = null;
        return next;
    }
}
