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
    /// <param name="findStored">Asked once it is certain that a hash will be computed: who is refused costs no more than that.</param>
    Task<Result<SecretCheck>> CheckAsync(SecretText secret, Func<Task<SecretHash?>> findStored, CancellationToken cancellationToken);
}

/// <param name="Matches">The secret is the stored one.</param>
/// <param name="Replacement">Set when it matches and the stored hash has weaker parameters than the configured ones: store this one.</param>
public readonly record struct SecretCheck(bool Matches, SecretHash? Replacement);
