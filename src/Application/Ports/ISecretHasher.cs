using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Ports;

/// <summary>
/// Hashes passwords and keys slowly, with bounded concurrency: when too many wait, both methods refuse
/// <see cref="ErrorCode.RateLimited"/>.
/// </summary>
public interface ISecretHasher
{
    /// <summary>A new hash with the configured parameters and a random salt.</summary>
    Task<Result<SecretHash>> HashAsync(SecretText secret, CancellationToken cancellationToken);

    /// <summary>
    /// Compares. Without a stored hash (nobody has that name) it computes one all the same, so that the time does not say
    /// who exists.
    /// </summary>
    Task<Result<SecretCheck>> CheckAsync(SecretText secret, SecretHash? stored, CancellationToken cancellationToken);
}

/// <param name="Matches">The secret is the stored one.</param>
/// <param name="Replacement">Set when it matches and the stored hash has weaker parameters than the configured ones: store this one.</param>
public readonly record struct SecretCheck(bool Matches, SecretHash? Replacement);
