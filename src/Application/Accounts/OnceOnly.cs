using FluentValidation;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Application.Accounts;

/// <summary>
/// Carries a request out once: what it made is stored with its name in one transaction, and a repeat is answered from that. A refused
/// request leaves no name behind and may come again.
/// </summary>
public sealed class OnceOnly(IAccountStore store)
{
    /// <param name="once">The request's name; null: it has none and is carried out.</param>
    /// <param name="make">Carries it out.</param>
    /// <param name="again">The answer for what was made before, by its id.</param>
    /// <returns>Also refuses <see cref="ErrorCode.Conflict"/>, for a name under which something else was asked before.</returns>
    public async Task<Result<T>> RunAsync<T>(Once? once, Func<Task<Result<T>>> make, Func<string, Task<Result<T>>> again, CancellationToken cancellationToken)
    {
        if (once is null)
            return await make();
        if (await store.FindMadeAsync(once, cancellationToken) is { } before)
            return await RepeatAsync(once, before, again);
        var made = await make();
        // Two of them at the same time: the database let one through, and refused the other for whatever was taken first.
        return !made.IsSuccess && await store.FindMadeAsync(once, cancellationToken) is { } winner ? await RepeatAsync(once, winner, again) : made;
    }

    internal static Refusal Conflict => new(ErrorCode.Conflict, "Another request was made with this Idempotency-Key: take a new one.");

    private static async Task<Result<T>> RepeatAsync<T>(Once once, MadeOnce before, Func<string, Task<Result<T>>> again) =>
        before.Fingerprint == once.Fingerprint ? await again(before.Subject) : Conflict;
}

internal static class OnceRule
{
    /// <summary>The shape of an Idempotency-Key, where there is one.</summary>
    public static void IsIdempotencyKey<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Must(key => key is null || Once.IsKey(key)).WithMessage($"An Idempotency-Key has 1 to {Once.MaxKeyLength} visible ASCII characters.");
}
