using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>What members' agents tell one another in protected messages that no application is shown. Numbers are never reused.</summary>
internal enum NoticeType : ushort
{
    /// <summary>There is an invitation: KnownInvitation.</summary>
    Invitation = 1,

    /// <summary>An invitation was revoked: opaque invitation_id[32].</summary>
    Revocation = 2,
}

/// <summary>A notice as it stands in the channel's order.</summary>
/// <param name="Sender">Proved by the signature of its leaf.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Body">Zeroed when the handler returns.</param>
internal readonly record struct ReceivedNotice(AgentId Sender, Sequence Sequence, ReadOnlyMemory<byte> Body);

/// <summary>Takes one notice. What is malformed in it costs nothing but itself: it is thrown as MlsException or ProtocolException.</summary>
internal delegate void NoticeHandler(ReceivedNotice notice);

/// <summary>
/// Who takes which notices of a channel. A handler is called under the session's gate when the notice arrives, in the
/// channel's order among commits and notices, whether the application reads or not: so before messages that stand in
/// front of it are shown, and again after a restart where the cursor had not passed it. It therefore writes what it makes to the
/// store by itself, and the same notice a second time changes nothing. Notices of an epoch that is voided later were
/// taken. Behind a full inbox they wait, as commits do.
/// </summary>
internal sealed class NoticeHandlers
{
    private readonly Dictionary<NoticeType, NoticeHandler> _handlers = [];

    /// <summary>Registers the one handler of a type; before the session receives.</summary>
    public void Add(NoticeType type, NoticeHandler handler) => _handlers.Add(type, handler);

    /// <summary>The handler of a type, or null: a later version's, to be passed over.</summary>
    public NoticeHandler? For(NoticeType type) => _handlers.GetValueOrDefault(type);
}
