namespace Skytale.Sdk;

/// <summary>The kinds of failure of the SDK.</summary>
public enum SkytaleError
{
    /// <summary>It is there already.</summary>
    AlreadyExists,

    /// <summary>There is no store at the path.</summary>
    StoreMissing,

    /// <summary>Another process has the store open; the message names its pid.</summary>
    StoreInUse,

    /// <summary>The key does not open the store.</summary>
    StoreKeyWrong,

    /// <summary>The store is damaged.</summary>
    StoreCorrupt,

    /// <summary>A native library is missing.</summary>
    NotInstalled,

    /// <summary>Nobody answers at the address.</summary>
    ServerUnreachable,

    /// <summary>The server shows another certificate than the trusted one.</summary>
    CertificateMismatch,

    /// <summary>The credential is not valid.</summary>
    NotAuthenticated,

    /// <summary>The service refused; see <see cref="SkytaleException.Refusal"/>.</summary>
    Refused,

    /// <summary>The agent is no member of the channel.</summary>
    NotAMember,

    /// <summary>The connection ended while the request was under way.</summary>
    ConnectionLost,

    /// <summary>The caller gave something that cannot be.</summary>
    InvalidArgument,

    /// <summary>The message does not fit a frame.</summary>
    MessageTooLarge,

    /// <summary>Messages that were not read stand in the way.</summary>
    UnreadMessages,
}
