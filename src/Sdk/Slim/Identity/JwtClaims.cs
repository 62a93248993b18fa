using System.Text.Json;

namespace Skytale.Sdk.Slim;

// claims = {"iss": issuer, "sub": subject, "aud": audience or [audience], "exp": seconds, "nbf": seconds (optional), "pubkey": base64(public key)}

/// <summary>RFC 7519: what an identity token says, whoever wrote it.</summary>
/// <param name="Expires">Seconds since 1970.</param>
/// <param name="NotBefore">The same; null where it is not said.</param>
/// <param name="PublicKey">The signature key of the token's subject.</param>
internal sealed record JwtClaims(string Issuer, string Subject, IReadOnlyList<string> Audience, long Expires, long? NotBefore, ReadOnlyMemory<byte> PublicKey)
{
    // A name that stands twice is read by some as the first and by others as the last.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <returns>Null for what is no JSON, or lacks a claim.</returns>
    public static JwtClaims? TryRead(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_strict);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a text in it that is no Unicode.
            return null;
        }
    }

    private static JwtClaims? Read(JsonElement claims) =>
        claims.ValueKind == JsonValueKind.Object
        && Text(claims, "iss") is { } issuer
        && Text(claims, "sub") is { Length: > 0 } subject
        && claims.TryGetProperty("aud", out var audience)
        && Seconds(claims, "exp") is { } expires
        && PublicKeyClaim.TryRead(claims, out var publicKey)
            ? new JwtClaims(issuer, subject, Texts(audience), expires, Seconds(claims, "nbf"), publicKey)
            : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.String ? claim.GetString() : null;

    private static IReadOnlyList<string> Texts(JsonElement claim) => claim.ValueKind switch
    {
        JsonValueKind.String => [claim.GetString()!],
        JsonValueKind.Array => [.. claim.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
        _ => [],
    };

    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind == JsonValueKind.Number && claim.TryGetInt64(out var seconds) ? seconds : null;
}
