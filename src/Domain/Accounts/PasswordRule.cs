namespace Skytale.Accounts;

/// <summary>What a password must be. Length is the rule that helps (NIST SP 800-63B § 3.1.1.2); the upper bound keeps the hash's cost flat.</summary>
public static class PasswordRule
{
    public const int MinLength = 10;
    public const int MaxLength = 256;

    /// <summary>The rule in words.</summary>
    public static readonly string Text = $"{MinLength} to {MaxLength} characters";

    public static bool Allows(string password) => password.Length is >= MinLength and <= MaxLength;
}
