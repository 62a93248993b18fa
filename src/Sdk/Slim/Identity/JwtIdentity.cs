using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Skytale.Sdk.Slim;

// RFC 7515, section 3.1; RFC 7518, section 3.4:
// token     = base64url(header) "." base64url(claims) "." base64url(signature)
// header    = {"typ": "JWT", "alg": "ES256"}
// signature = r || s, 32 bytes each: ECDSA with P-256 and SHA-256 over everything before the last "."

/// <summary>Identities by JSON web tokens that agents sign themselves, with keys that one issuer answers for.</summary>
internal sealed class JwtIdentity : SlimIdentity
{
    /// <summary>Characters of a token: what an envelope takes.</summary>
    private const int MaxLength = 8_192;

    private const int SignatureSize = 64;
    private const string Algorithm = "ES256";

    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(2);

    /// <summary>How far others' clocks may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private static readonly string s_header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);

    // Guards the keys, which are not for concurrent use.
    private readonly Lock _keys = new();
    private readonly SlimJwtOptions _options;
    private readonly ECDsa _signer;
    private readonly IReadOnlyList<ECDsa> _trusted;
    private readonly VerifiedTokens _verified = new();

    private JwtIdentity(SlimJwtOptions options, ECDsa signer, IReadOnlyList<ECDsa> trusted)
        : base(options.Subject)
    {
        (_options, _signer, _trusted) = (options, signer, trusted);
    }

    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/>.</exception>
    public static JwtIdentity Create(SlimJwtOptions options)
    {
        if (options.Subject.Length == 0 || options.Issuer.Length == 0 || options.Audience.Length == 0)
            throw Invalid("Subject, issuer and audience are not empty.");
        if (options.TrustedKeys.Count == 0)
            throw Invalid("Without a trusted key nobody is believed.");
        if (options.Lifetime < ShortestLifetime)
            throw Invalid($"A token holds for {ShortestLifetime} at least.");
        var signer = Import(options.SigningKey);
        return CanSign(signer)
            ? new JwtIdentity(options, signer, [.. options.TrustedKeys.Select(Import)])
            : throw Invalid("The signing key is no private key.");
    }

    public override SlimPeer? Verify(string token, DateTimeOffset? now)
    {
        var verified = _verified.Find(token) ?? Check(token);
        return verified is not null && (now is not { } instant || HoldsAt(verified.Claims, instant)) ? verified.Peer : null;
    }

    internal override string? SubjectOf(string token) =>
        _verified.Find(token)?.Peer.Subject ?? (TrySplit(token, out var parts) && TryDecode(parts[1], out var claims) ? JwtClaims.TryRead(claims)?.Subject : null);

    private protected override string CreateToken(DateTimeOffset now)
    {
        var signed = $"{s_header}.{Base64Url.EncodeToString(Claims(now))}";
        lock (_keys)
            return $"{signed}.{Base64Url.EncodeToString(_signer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private protected override void Dispose(bool disposing)
    {
        _signer.Dispose();
        foreach (var key in _trusted)
            key.Dispose();
        base.Dispose(disposing);
    }

    private byte[] Claims(DateTimeOffset now) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["iss"] = _options.Issuer,
        ["sub"] = _options.Subject,
        ["aud"] = new JsonArray(_options.Audience),
        ["exp"] = (now + _options.Lifetime).ToUnixTimeSeconds(),
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        [PublicKeyClaim.Name] = Convert.ToBase64String(Keys.PublicKey.Value.Span),
    }.ToJsonString());

    /// <summary>What does not depend on the clock; nothing is read of what is not signed.</summary>
    private VerifiedToken? Check(string token)
    {
        if (token.Length > MaxLength || !TrySplit(token, out var parts) || !IsSigned(token, parts[2]) || !IsOurs(parts[0]))
            return null;
        if (!TryDecode(parts[1], out var json) || JwtClaims.TryRead(json) is not { } claims)
            return null;
        if (claims.Issuer != _options.Issuer || !claims.Audience.Contains(_options.Audience))
            return null;
        var verified = new VerifiedToken(claims, new SlimPeer(claims.Subject, claims.PublicKey));
        _verified.Add(token, verified);
        return verified;
    }

    private bool IsSigned(string token, string signature)
    {
        if (!TryDecode(signature, out var bytes) || bytes.Length != SignatureSize)
            return false;
        var signed = Encoding.UTF8.GetBytes(token[..token.LastIndexOf('.')]);
        lock (_keys)
            return _trusted.Any(key => key.VerifyData(signed, bytes, HashAlgorithmName.SHA256));
    }

    /// <summary>RFC 7515, section 4.1: the algorithm is the one there is, and no extension has to be understood.</summary>
    private static bool IsOurs(string header)
    {
        try
        {
            if (!TryDecode(header, out var json))
                return false;
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("alg", out var algorithm)
                && algorithm.ValueKind == JsonValueKind.String
                && algorithm.ValueEquals(Algorithm)
                && !document.RootElement.TryGetProperty("crit", out _);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Signed, and yet no JSON, or a text in it that is no Unicode: a trusted key's owner writes nonsense.
            return false;
        }
    }

    private static bool HoldsAt(JwtClaims claims, DateTimeOffset now) =>
        claims.Expires > (now - ClockSkew).ToUnixTimeSeconds() && (claims.NotBefore ?? 0) <= (now + ClockSkew).ToUnixTimeSeconds();

    private static bool TrySplit(string token, out string[] parts)
    {
        parts = token.Split('.', 4);
        return parts.Length == 3;
    }

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : [];
        return bytes.Length > 0;
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
                return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new SlimException(SlimError.InvalidArgument, "A key is no PEM of an elliptic curve's.", e);
        }
        key.Dispose();
        throw Invalid("A key is not on P-256.");
    }

    private static bool CanSign(ECDsa key)
    {
        try
        {
            key.SignData([0], HashAlgorithmName.SHA256);
            return true;
        }
        catch (CryptographicException)
        {
            // It has a public half alone.
            return false;
        }
    }

    private static SlimException Invalid(string why) => new(SlimError.InvalidArgument, why);
}
