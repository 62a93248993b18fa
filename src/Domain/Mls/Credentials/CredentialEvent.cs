namespace Skytale.Mls.Credentials;

/// <summary>§5.3.1: the events at which a credential is new to a group, and must be validated with the Authentication Service.</summary>
public enum CredentialEvent
{
    /// <summary>A key package was received, that is to be used in an Add.</summary>
    KeyPackage = 1,

    /// <summary>A GroupInfo was received, for joining by a Welcome or an external commit: asked for each member.</summary>
    Joining,

    /// <summary>An Add proposal adds a member.</summary>
    Add,

    /// <summary>An Update proposal has a new credential for its sender.</summary>
    Update,

    /// <summary>A commit's path has a new credential for the committer; also the joiner's in an external commit.</summary>
    Commit,

    /// <summary>An external_senders extension is added or changed: asked for each sender.</summary>
    ExternalSender,
}
