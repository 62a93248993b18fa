using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Skytale.Application.Ports;

namespace Skytale.Security.Tokens;

/// <summary>The ECDSA P-256 key that signs tokens (ES256). Its id is the RFC 7638 thumbprint of its public half.</summary>
public sealed class TokenSigningKey : IDisposable
{
    private readonly ECDsa _key;

    private TokenSigningKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = ToJwk(Base64UrlEncoder.Encode(point.X!), Base64UrlEncoder.Encode(point.Y!));
        Public.Kid = Base64UrlEncoder.Encode(Public.ComputeJwkThumbprint());
        Credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = Public.Kid }, SecurityAlgorithms.EcdsaSha256)
        {
            // A shared cache of signers outlives the key that a disposed server leaves behind.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>The public half, as the JWKS shows it.</summary>
    public JsonWebKey Public { get; }

    internal SigningCredentials Credentials { get; }

    /// <summary>Reads the key from the file, or makes one there (PKCS#8 in PEM, mode 0600).</summary>
    public static TokenSigningKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            using var made = Create();
            PrivateFile.TryCreate(path, Encoding.ASCII.GetBytes(made.ToPem()));
        }
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256 ? new TokenSigningKey(key) : throw new CryptographicException($"{path} holds no P-256 key.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public void Dispose() => _key.Dispose();

    /// <summary>A new key, in memory alone.</summary>
    internal static TokenSigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>PKCS#8 in PEM: the private key itself.</summary>
    internal string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    internal PublishedKey Published(DateTimeOffset createdAt) => new(Public.Kid, Public.X, Public.Y, createdAt);

    internal static JsonWebKey ToJwk(PublishedKey key)
    {
        var jwk = ToJwk(key.X, key.Y);
        jwk.Kid = key.KeyId;
        return jwk;
    }

    private static JsonWebKey ToJwk(string x, string y) => new()
    {
        Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
        Crv = JsonWebKeyECTypes.P256,
        X = x,
        Y = y,
        Alg = SecurityAlgorithms.EcdsaSha256,
        Use = JsonWebKeyUseNames.Sig,
    };
}
