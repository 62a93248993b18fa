using System.Net;
using System.Net.Sockets;
using Skytale.Accounts;

namespace Skytale.Server.Api.Limits;

/// <summary>How much one address and one API key may ask.</summary>
internal sealed class RequestLimits(ServerOptions options, TimeProvider time)
{
    private const int Capacity = 20_000;
    private readonly TokenBuckets _addresses = new(options.RequestsPerMinute.Address, Capacity, time);
    private readonly TokenBuckets _keys = new(options.RequestsPerMinute.Key, Capacity, time);

    /// <summary>Zero, or the seconds after which the caller may ask again.</summary>
    public int Take(HttpContext http)
    {
        var wait = _addresses.Take(NameOf(http.Connection.RemoteIpAddress));
        var credential = Bearer.Of(http.Request);
        return wait == 0 && credential.IsSuccess && ApiKeySecret.TryParse(credential.Value.Reveal(), out var key)
            ? _keys.Take(key.KeyId.ToString())
            : wait;
    }

    /// <summary>IPv6 by its /64: a network hands whole ones to a single machine.</summary>
    internal static string NameOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.ToString() ?? "";
    }
}
