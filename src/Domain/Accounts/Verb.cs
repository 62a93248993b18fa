namespace Skytale.Accounts;

/// <summary>What a <see cref="Scope"/> allows; docs/authorization.md says which request needs which.</summary>
public enum Verb
{
    /// <summary>To make channels of these names.</summary>
    Create,

    /// <summary>To put messages into these channels, and to write to these SLIM names.</summary>
    Send,

    /// <summary>To join and follow these channels, and to subscribe these SLIM names.</summary>
    Receive,

    /// <summary>To add members to these channels and to remove them.</summary>
    Manage,

    /// <summary>To enter agents into the account, and to list them. No channel's: its pattern is <c>*</c>.</summary>
    Register,
}
