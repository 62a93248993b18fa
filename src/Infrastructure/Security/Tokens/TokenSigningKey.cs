using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Skytale.Security.Tokens;

/// <summary>The ECDSA P-256 key that signs tokens (ES256). Its id is the RFC 7638 thumbprint of its public half.</summary>
public sealed class TokenSigningKey : IDisposable
{
    private readonly ECDsa _key;

    private TokenSigningKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(point.X!),
            Y = Base64UrlEncoder.Encode(point.Y!),
            Alg = SecurityAlgorithms.EcdsaSha256,
            Use = JsonWebKeyUseNames.Sig,
        };
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
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.TryCreate(path, Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
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
}
