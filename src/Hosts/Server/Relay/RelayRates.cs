namespace Skytale.Server.Relay;

/// <summary>How much of a relay one address, account and key may have. An address is an IPv4 address or an IPv6 /64.</summary>
public sealed record RelayRates
{
    /// <summary>Requests and handshakes a second from one address, and how many at once after a quiet second. Many agents may share one.</summary>
    public int AddressPerSecond { get; init; } = 20_000;

    /// <summary>Requests a second of all agents of one account.</summary>
    public int AccountPerSecond { get; init; } = 20_000;

    /// <summary>Requests a second of all agents whose tokens one API key has fetched.</summary>
    public int KeyPerSecond { get; init; } = 10_000;

    /// <summary>Connections from one address that have not proved yet whose they are.</summary>
    public int HandshakesPerAddress { get; init; } = 256;
}
