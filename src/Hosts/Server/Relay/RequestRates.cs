using System.Net;
using Skytale.Application.Limits;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Transport;

namespace Skytale.Server.Relay;

/// <summary>Counts what addresses, accounts and keys ask of the relay. May be called concurrently.</summary>
internal sealed class RequestRates(RelayRates rates, TimeProvider time)
{
    private const int Capacity = 20_000;
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly TokenBuckets _addresses = new(rates.AddressPerSecond, s_second, Capacity, time);
    private readonly TokenBuckets _accounts = new(rates.AccountPerSecond, s_second, Capacity, time);
    private readonly TokenBuckets _keys = new(rates.KeyPerSecond, s_second, Capacity, time);

    /// <summary>Counts a handshake; null: it may go on.</summary>
    public Refusal? TakeHandshake(IPAddress from) => _addresses.Take(from.Counted().ToString()) == 0 ? null : TooMany("this address");

    /// <summary>What counts a connection's requests, whoever's it is.</summary>
    /// <returns>Null for a request that may be carried out.</returns>
    public Func<Refusal?> CounterOf(Caller caller, IPAddress from)
    {
        var (address, account, key) = (from.Counted().ToString(), caller.AccountId.ToString(), caller.KeyId.ToString());
        return () =>
            _keys.Take(key) != 0 ? TooMany("this API key")
            : _accounts.Take(account) != 0 ? TooMany("this account")
            : _addresses.Take(address) != 0 ? TooMany("this address")
            : null;
    }

    /// <summary>What counts a SLIM link's frames: by key and account, for many links come from one proxy's address. Anyone's are not counted.</summary>
    /// <returns>Null for a frame that may be carried out.</returns>
    public Func<Refusal?> LinkCounterOf(Caller? caller)
    {
        if (caller is null)
            return () => null;
        var (account, key) = (caller.AccountId.ToString(), caller.KeyId.ToString());
        return () =>
            _keys.Take(key) != 0 ? TooMany("this API key")
            : _accounts.Take(account) != 0 ? TooMany("this account")
            : null;
    }

    private static Refusal TooMany(string whose) => new(ErrorCode.RateLimited, $"There are too many requests of {whose}; try again in a second.");
}
