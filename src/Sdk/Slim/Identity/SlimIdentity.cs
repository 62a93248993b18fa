using System.Security.Cryptography;
using Skytale.Mls.Crypto;

namespace Skytale.Sdk.Slim;

/// <summary>
/// Who this agent is to SLIM applications: a token in every message, and the P-256 key that the token names. Apart from
/// the agent's did:key, which SLIM applications are never shown. All members may be called concurrently.
/// </summary>
public abstract class SlimIdentity : IDisposable
{
    // One token serves for a while: links leave out what repeats.
    private static readonly TimeSpan TokenRenewal = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private string? _token;
    private DateTimeOffset _issued;

    /// <param name="subject">The id that the tokens will name.</param>
    private protected SlimIdentity(string subject)
    {
        Subject = subject;
        Keys = Suite.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);
    }

    /// <summary>The id that this agent's tokens name.</summary>
    public string Subject { get; }

    /// <summary>The suite of SLIM's encrypted sessions; its signature scheme is that of control messages too.</summary>
    internal static CipherSuite Suite { get; } = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256);

    /// <summary>Signs control messages and MLS; made with the identity and gone with it.</summary>
    internal SignatureKeyPair Keys { get; }

    /// <summary>An identity whose tokens hold for all who know the same secret.</summary>
    /// <param name="name">The agent's name, <c>org/ns/app</c>; a random suffix makes the subject of it.</param>
    /// <param name="secret">What all applications that talk with one another share: 32 bytes of UTF-8 at least.</param>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/>.</exception>
    public static SlimIdentity SharedSecret(string name, string secret) => new SharedSecretIdentity(name, secret);

    /// <summary>An identity by JSON web tokens (ES256) that the agent signs itself and that hold for all who trust the key.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/>.</exception>
    public static SlimIdentity Jwt(SlimJwtOptions options) => JwtIdentity.Create(options);

    /// <summary>Verifies another application's token.</summary>
    /// <param name="now">The present, within which the token must be valid; null leaves the clock out of it.</param>
    /// <returns>Whom the token names, or null when it does not hold.</returns>
    public abstract SlimPeer? Verify(string token, DateTimeOffset? now);

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A token that is valid now and for a while.</summary>
    internal string Token(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_token is null || now - _issued >= TokenRenewal || now < _issued)
            {
                _token = CreateToken(now);
                _issued = now;
            }
            return _token;
        }
    }

    /// <summary>The subject that a token names, which nobody has verified here.</summary>
    internal abstract string? SubjectOf(string token);

    /// <summary>A fresh token with the subject and the public key.</summary>
    private protected abstract string CreateToken(DateTimeOffset now);

    private protected virtual void Dispose(bool disposing) => Keys.Dispose();
}
