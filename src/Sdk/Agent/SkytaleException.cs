using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>What can go wrong for an application that uses Skytale.</summary>
public enum SkytaleError
{
    /// <summary>An argument is not in its form; the message says which.</summary>
    InvalidArgument,

    /// <summary>There is such a thing already.</summary>
    AlreadyExists,

    /// <summary>There is no store, or no identity in it.</summary>
    StoreMissing,

    /// <summary>Another process has the store open; the message names its pid.</summary>
    StoreInUse,

    /// <summary>The key does not open the store.</summary>
    StoreKeyWrong,

    /// <summary>The store cannot be read.</summary>
    StoreCorrupt,

    /// <summary>A native library is missing; the message says what to install.</summary>
    NotInstalled,

    /// <summary>The server does not answer.</summary>
    ServerUnreachable,

    /// <summary>The server's certificate is not the expected one.</summary>
    CertificateMismatch,

    /// <summary>The credential is wrong, expired or revoked.</summary>
    NotAuthenticated,

    /// <summary>The service refused the request; <see cref="SkytaleException.Refusal"/> says why.</summary>
    Refused,

    /// <summary>This agent is not, or no longer, a member of the channel.</summary>
    NotAMember,

    /// <summary>The connection ended, and whether the request was carried out is unknown.</summary>
    ConnectionLost,

    /// <summary>The message is larger than a channel takes.</summary>
    MessageTooLarge,

    /// <summary>Nobody answered a request in time.</summary>
    NoReply,

    /// <summary>Unread messages stand between this agent and the channel's current epoch.</summary>
    UnreadMessages,

    /// <summary>The channel's state cannot go on: a commit that the relay accepted does not verify here.</summary>
    ChannelBroken,

    /// <summary>The service sent what the protocol does not allow.</summary>
    ProtocolViolation,

    /// <summary>A file of the state folder cannot be read; the message names it.</summary>
    StateUnreadable,
}

/// <summary>The SDK's one exception: what went wrong, and what to do about it.</summary>
/// <param name="error">The kind.</param>
/// <param name="message">What went wrong; holds no secret and no content.</param>
/// <param name="hint">What to do.</param>
/// <param name="refusal">The service's code, where it refused.</param>
/// <param name="inner">What it was told by; null: nothing.</param>
public sealed class SkytaleException(SkytaleError error, string message, string hint, ErrorCode? refusal = null, Exception? inner = null)
    : Exception(hint.Length > 0 ? $"{message} {hint}" : message, inner)
{
    /// <summary>The kind.</summary>
    public SkytaleError Error { get; } = error;

    /// <summary>What to do, in one sentence; may be empty.</summary>
    public string Hint { get; } = hint;

    /// <summary>The service's code, where it refused.</summary>
    public ErrorCode? Refusal { get; } = refusal;
}
