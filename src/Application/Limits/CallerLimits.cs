using Skytale.Accounts;
using Skytale.Protocol;

namespace Skytale.Application.Limits;

/// <summary>Requests and guesses a minute, all of which may come at once.</summary>
/// <param name="Account">Requests with one account's tokens and API keys.</param>
/// <param name="Target">Wrong passwords for one e-mail address, whoever tries them.</param>
public sealed record CallerRates(int Account = 600, int Target = 30);

/// <summary>How much one account may ask, and how often one account's password may be guessed from all addresses together. May be called concurrently.</summary>
public sealed class CallerLimits(CallerRates rates, TimeProvider time)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly TokenBuckets _accounts = new(rates.Account, s_minute, Capacity, time);
    private readonly TokenBuckets _targets = new(rates.Target, s_minute, Capacity, time);

    /// <summary>Counts a request of an account that has proved to be it.</summary>
    /// <returns>Null, or <see cref="ErrorCode.RateLimited"/>.</returns>
    public Refusal? Take(AccountId account) => Judge(_accounts.Take(account.ToString()), "Too many requests of this account");

    /// <summary>Counts a try at a password, before it is looked at and whether there is such an account or not.</summary>
    /// <returns>Null, or <see cref="ErrorCode.RateLimited"/>.</returns>
    public Refusal? Try(EmailAddress target) => Judge(_targets.Take(target.ToString()), "Too many wrong passwords for this e-mail address");

    /// <summary>The password was right, or was not looked at: that try was none.</summary>
    public void WasNoGuess(EmailAddress target) => _targets.GiveBack(target.ToString());

    private static Refusal? Judge(int wait, string what) =>
        wait == 0 ? null : new Refusal(ErrorCode.RateLimited, $"{what}; wait as long as Retry-After says.") { RetryAfter = wait };
}
