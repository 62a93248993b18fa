using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Skytale.Tests;

/// <summary>Real tokens with headers and signatures of a forger's own (RFC 8725 § 2.1).</summary>
internal static class Forgery
{
    /// <summary>The token with <c>alg: none</c> and no signature.</summary>
    public static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    /// <summary>The token as HS256, with a secret that everybody has.</summary>
    public static string SignedHs256(string token, byte[] secret, string kid)
    {
        var signed = $"{Base64UrlEncoder.Encode($$"""{"alg":"HS256","typ":"JWT","kid":"{{kid}}"}""")}.{token.Split('.')[1]}";
        return $"{signed}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>A public key's bytes.</summary>
    public static byte[] PointOf(JsonWebKey key) => [.. Base64UrlEncoder.DecodeBytes(key.X), .. Base64UrlEncoder.DecodeBytes(key.Y)];
}
