using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>
/// An administrator's whole key, <c>sk_admin_&lt;id&gt;_&lt;secret&gt;</c>, in the form of an <see cref="ApiKeySecret"/> and good for nothing
/// that one is good for. Shown once, where it is made.
/// </summary>
public sealed class AdminSecret
{
    /// <summary>Random bytes that the secret is made of.</summary>
    public const int SecretSize = 32;

    /// <summary>What every administrator's key starts with.</summary>
    public const string Prefix = "sk_admin_";

    private AdminSecret(AdminId id, string secret)
    {
        AdminId = id;
        Secret = new SecretText(secret);
    }

    /// <summary>Whose it is.</summary>
    public AdminId AdminId { get; }

    /// <summary>The secret half, which is hashed.</summary>
    public SecretText Secret { get; }

    /// <summary>A new key of random bytes.</summary>
    public static AdminSecret FromRandom(AdminId id, ReadOnlySpan<byte> random) => random.Length == SecretSize
        ? new AdminSecret(id, Crockford32.Encode(random))
        : throw new ArgumentException($"A key's secret is made of {SecretSize} bytes.", nameof(random));

    /// <summary>Reads a key; refuses every other string.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out AdminSecret? key)
    {
        key = SecretForm.TrySplit(text, Prefix, AdminId.Size, SecretSize, out var id, out var secret) ? new AdminSecret(AdminId.OfTail(id), secret) : null;
        return key is not null;
    }

    /// <summary>The whole key, to be shown to its owner once.</summary>
    public string Reveal() => $"{Prefix}{AdminId.Tail}_{Secret.Reveal()}";

    /// <summary>The public half only.</summary>
    public override string ToString() => $"{Prefix}{AdminId.Tail}_[redacted]";
}
