using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Skytale.Sdk.Slim;

// token  = subject ":" unix-seconds ":" nonce ":" claims ":" mac
// nonce  = base64url(12 random bytes)
// claims = base64url of the JSON object {"pubkey": base64(public key)}
// mac    = base64url(HMAC-SHA-256(secret, everything before the last ":"))

/// <summary>SLIM's shared-secret tokens: whoever knows the secret makes them, and believes them.</summary>
internal sealed class SharedSecretIdentity : SlimIdentity
{
    private const int MinimumSecret = 32;
    private const int NonceSize = 12;
    private const string SuffixLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SuffixLength = 8;

    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly byte[] _secret;
    private readonly string _claims;

    public SharedSecretIdentity(string name, string secret)
        : base($"{Checked(name, secret)}_{RandomNumberGenerator.GetString(SuffixLetters, SuffixLength)}")
    {
        _secret = Encoding.UTF8.GetBytes(secret);
        _claims = Base64Url.EncodeToString(PublicKeyClaim.Write(Keys.PublicKey.Value.Span));
    }

    public override SlimPeer? Verify(string token, DateTimeOffset? now)
    {
        var end = token.LastIndexOf(':');
        if (end < 0)
            return null;
        var fields = token[..end].Split(':');
        if (fields.Length != 4 || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var issued))
            return null;
        if (now is { } instant && !IsValidAt(issued, instant.ToUnixTimeSeconds()))
            return null;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryDecode(token.AsSpan(end + 1), mac))
            return null;
        if (!CryptographicOperations.FixedTimeEquals(mac, HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(token[..end]))))
            return null;
        return PublicKeyClaim.TryRead(fields[3], out var publicKey) ? new SlimPeer(fields[0], publicKey) : null;
    }

    internal override string? SubjectOf(string token) => token.IndexOf(':') is >= 0 and var end ? token[..end] : null;

    private protected override string CreateToken(DateTimeOffset now)
    {
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceSize));
        var signed = string.Create(CultureInfo.InvariantCulture, $"{Subject}:{now.ToUnixTimeSeconds()}:{nonce}:{_claims}");
        return $"{signed}:{Base64Url.EncodeToString(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(signed)))}";
    }

    private protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(_secret);
        base.Dispose(disposing);
    }

    private static string Checked(string name, string secret)
    {
        if (Encoding.UTF8.GetByteCount(secret) is < MinimumSecret and var size)
            throw new SlimException(SlimError.InvalidArgument, $"A shared secret has {MinimumSecret} bytes at least; this one has {size}.");
        return name.Length > 0 && !name.Any(letter => letter == ':' || char.IsWhiteSpace(letter))
            ? name
            : throw new SlimException(SlimError.InvalidArgument, $"'{name}' cannot be an identity: it is empty, or has a colon or a space.");
    }

    private static bool IsValidAt(long issued, long now) =>
        issued <= now + (long)ClockSkew.TotalSeconds && issued >= now - (long)Validity.TotalSeconds;

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == Base64Url.GetEncodedLength(bytes.Length)
        && Base64Url.IsValid(text, out var length)
        && length == bytes.Length
        && Base64Url.TryDecodeFromChars(text, bytes, out _);
}
