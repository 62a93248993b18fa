using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Skytale.Sdk.Slim;

namespace Skytale.Tests.Kit;

/// <summary>An issuer of JSON web tokens, whose key its agents sign with.</summary>
internal sealed class JwtIssuer : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string PrivateKey => _key.ExportPkcs8PrivateKeyPem();

    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    public SlimJwtOptions Options(string subject) => new()
    {
        Subject = subject,
        Issuer = "https://issuer.example",
        Audience = "slim",
        SigningKey = PrivateKey,
        TrustedKeys = [PublicKey],
    };

    public SlimIdentity Identity(string subject) => SlimIdentity.Jwt(Options(subject));

    /// <summary>A token of any header and claims, signed as it should be.</summary>
    public string Sign(string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
