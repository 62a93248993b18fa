using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.2: an external commit of this client's, not accepted yet, with the epoch that it leads to. Disposal drops that unless it was entered.</summary>
public sealed class ExternalJoin : IDisposable
{
    private MlsGroup? _next;

    internal ExternalJoin(MlsMessage commit, GroupInfo groupInfo, MlsGroup next)
    {
        Commit = commit;
        GroupInfo = groupInfo;
        _next = next;
    }

    /// <summary>For the group; always a PublicMessage.</summary>
    public MlsMessage Commit { get; }

    /// <summary>The new epoch, for the Delivery Service.</summary>
    public GroupInfo GroupInfo { get; }

    private MlsGroup Next => _next ?? throw new MlsException(MlsError.NoSuchPendingCommit, "entered or dropped already");

    /// <summary>The group, once the Delivery Service accepted the commit; the caller's from then on.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NoSuchPendingCommit"/>: it was entered already.</exception>
    public MlsGroup Enter()
    {
        var next = Next;
        _next = null;
        return next;
    }

    /// <summary>The whole, to be stored until the commit is answered.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NoSuchPendingCommit"/>: it was entered already.</exception>
    public Secret Serialize() => GroupState.WriteCommit(Commit, null, GroupInfo, Next);

    /// <summary>What <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/> or a codec error.</exception>
    public static ExternalJoin Deserialize(ReadOnlySpan<byte> state, SignatureKeyPair signer)
    {
        var (commit, _, groupInfo, next) = GroupState.ReadCommit(state, [signer]);
        return new ExternalJoin(commit, groupInfo, next);
    }

    public void Dispose()
    {
        _next?.Dispose();
        _next = null;
    }
}
