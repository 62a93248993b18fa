namespace Skytale.Sdk.Slim;

/// <summary>What an identity by JSON web tokens (RFC 7519, ES256) says of itself, and whom it believes. Keys are PEM, on P-256.</summary>
public sealed record SlimJwtOptions
{
    /// <summary>Who this agent is: <c>sub</c>. The id in its names is a hash of it, so agents that answer to one name at once need one each.</summary>
    public required string Subject { get; init; }

    /// <summary>Whose tokens these are: <c>iss</c>, in this agent's and in those that it believes.</summary>
    public required string Issuer { get; init; }

    /// <summary>Whom they are for: <c>aud</c>, likewise.</summary>
    public required string Audience { get; init; }

    /// <summary>The private key that signs this agent's tokens: PKCS #8 or SEC 1.</summary>
    public required string SigningKey { get; init; }

    /// <summary>The issuer's public keys, one at least. Who holds the private key of one of them can be anybody.</summary>
    public required IReadOnlyList<string> TrustedKeys { get; init; }

    /// <summary>How long a token holds, from two minutes; a new one is made every minute.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);
}
