namespace Skytale.Accounts;

/// <summary>Whether an account is served.</summary>
public enum AccountState
{
    Active,
    Suspended,

    /// <summary>For ever.</summary>
    Closed,
}
