namespace Skytale.Application.Ports;

/// <summary>
/// The public halves of the keys that sign tokens, where every server of the service finds them. A private half never leaves the server
/// that signs with it. Safe for use by several threads.
/// </summary>
public interface IPublishedKeys
{
    /// <summary>All that there ever were, the newest last.</summary>
    Task<IReadOnlyList<PublishedKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Publishes a key that is not there yet; one that is stays as it is.</summary>
    Task PublishAsync(PublishedKey key, CancellationToken cancellationToken);

    /// <summary>Publishes a key in the place of another, which verifies until <paramref name="ends"/> and is signed with no more; both or neither.</summary>
    /// <returns>False when the other's end is set already, or it is not there: another server was first, and nothing was done.</returns>
    Task<bool> ReplaceAsync(string keyId, PublishedKey by, DateTimeOffset ends, CancellationToken cancellationToken);

    /// <summary>Has a key verify nothing from now on.</summary>
    /// <returns>False when there is no such key that has not ended.</returns>
    Task<bool> EndAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>An ES256 key as a JWKS has it, and its time.</summary>
/// <param name="KeyId">Its RFC 7638 thumbprint, which tokens name (<c>kid</c>).</param>
/// <param name="X">base64url of 32 bytes.</param>
/// <param name="Y">base64url of 32 bytes.</param>
/// <param name="EndsAt">When it verifies nothing any more; null: it is in use.</param>
public sealed record PublishedKey(string KeyId, string X, string Y, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt = null);
