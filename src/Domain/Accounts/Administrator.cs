namespace Skytale.Accounts;

/// <summary>Somebody who runs the service: apart from accounts, and with no way into what belongs to one. Only its secret's hash is stored.</summary>
/// <param name="Name">For the other administrators.</param>
public sealed record Administrator(AdminId Id, string Name, SecretHash SecretHash, DateTimeOffset CreatedAt)
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>When it was revoked; null: it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>True for 1 to 64 printable characters.</summary>
    public static bool IsName(string? name) => name is { Length: >= 1 and <= MaxNameLength } && !name.Any(char.IsControl) && name.Trim().Length == name.Length;
}
