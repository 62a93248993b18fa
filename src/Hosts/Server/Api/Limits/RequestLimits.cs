using Skytale.Accounts;
using Skytale.Application.Limits;
using Skytale.Transport;

namespace Skytale.Server.Api.Limits;

/// <summary>
/// How much one address may ask, and one key from one address: its secret was not looked at yet, and whoever knows a key's id shall
/// not spend what is its owner's. What a key has proved to be of counts for its account (<see cref="CallerLimits"/>).
/// </summary>
internal sealed class RequestLimits(ServerOptions options, TimeProvider time)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly TokenBuckets _addresses = new(options.RequestsPerMinute.Address, s_minute, Capacity, time);
    private readonly TokenBuckets _keys = new(options.RequestsPerMinute.Key, s_minute, Capacity, time);

    /// <summary>Zero, or the seconds after which the caller may ask again.</summary>
    public int Take(HttpContext http)
    {
        var address = Calls.AddressOf(http.Request);
        var wait = _addresses.Take(address);
        var credential = Bearer.Of(http.Request);
        return wait == 0 && credential.IsSuccess && KeyIn(credential.Value.Reveal()) is { } key ? _keys.Take($"{key} {address}") : wait;
    }

    /// <summary>The id in an API key or an administrator's key; null in another credential.</summary>
    private static string? KeyIn(string credential) =>
        ApiKeySecret.TryParse(credential, out var key) ? key.KeyId.ToString()
        : AdminSecret.TryParse(credential, out var adminKey) ? adminKey.AdminId.ToString()
        : null;
}
