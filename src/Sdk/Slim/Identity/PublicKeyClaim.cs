using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Skytale.Sdk.Slim;

/// <summary>The claim by which a SLIM token names its owner's signature key: <c>{"pubkey": base64(key)}</c>.</summary>
internal static class PublicKeyClaim
{
    public const string Name = "pubkey";

    public static byte[] Write(ReadOnlySpan<byte> publicKey) =>
        Encoding.UTF8.GetBytes($$"""{"{{Name}}":"{{Convert.ToBase64String(publicKey)}}"}""");

    /// <summary>Reads the claims as they stand in a shared-secret token: base64url of JSON.</summary>
    public static bool TryRead(string claims, out ReadOnlyMemory<byte> publicKey)
    {
        publicKey = default;
        if (!Base64Url.IsValid(claims))
            return false;
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(claims));
            return TryRead(document.RootElement, out publicKey);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whoever knows the secret may still write nonsense, and texts that are no Unicode: it names no key.
            return false;
        }
    }

    public static bool TryRead(JsonElement claims, out ReadOnlyMemory<byte> publicKey)
    {
        publicKey = default;
        if (claims.ValueKind != JsonValueKind.Object
            || !claims.TryGetProperty(Name, out var claim)
            || claim.ValueKind != JsonValueKind.String
            || !claim.TryGetBytesFromBase64(out var key))
        {
            return false;
        }
        publicKey = key;
        return true;
    }
}
