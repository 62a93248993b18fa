namespace Skytale.Cli;

/// <summary>What can be read from an API key: <c>sk_live_KEYID_SECRET</c>.</summary>
internal static class ApiKeys
{
    /// <summary>The key's id, which is no secret; null for what is no key.</summary>
    public static string? IdOf(string? key) => key?.Split('_') is ["sk", _, var id, _] ? id : null;
}
