using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>
/// A whole API key, <c>sk_live_&lt;key id&gt;_&lt;secret&gt;</c>: the id finds the row, the secret (32 random bytes in Crockford base32)
/// is compared with the row's hash. Shown to its owner once; never stored, never logged.
/// </summary>
public sealed class ApiKeySecret
{
    /// <summary>Random bytes that the secret is made of.</summary>
    public const int SecretSize = 32;

    /// <summary>What every API key starts with.</summary>
    public const string Prefix = "sk_live_";

    private ApiKeySecret(KeyId keyId, string secret)
    {
        KeyId = keyId;
        Secret = new SecretText(secret);
    }

    /// <summary>The public half.</summary>
    public KeyId KeyId { get; }

    /// <summary>The secret half, which is hashed.</summary>
    public SecretText Secret { get; }

    /// <summary>A new key of random bytes.</summary>
    public static ApiKeySecret FromRandom(KeyId keyId, ReadOnlySpan<byte> random) => random.Length == SecretSize
        ? new ApiKeySecret(keyId, Crockford32.Encode(random))
        : throw new ArgumentException($"A key's secret is made of {SecretSize} bytes.", nameof(random));

    /// <summary>Reads a key; refuses every other string.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKeySecret? key)
    {
        key = SecretForm.TrySplit(text, Prefix, KeyId.Size, SecretSize, out var id, out var secret) ? new ApiKeySecret(KeyId.Parse(id), secret) : null;
        return key is not null;
    }

    /// <summary>The whole key, to be shown to its owner once.</summary>
    public string Reveal() => $"{Prefix}{KeyId}_{Secret.Reveal()}";

    /// <summary>The public half only.</summary>
    public override string ToString() => $"{Prefix}{KeyId}_[redacted]";
}
