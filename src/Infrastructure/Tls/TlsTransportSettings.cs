namespace Skytale.Tls;

/// <summary>What is the same for all listeners of one transport. Tests narrow it; a host takes what is here.</summary>
internal sealed record TlsTransportSettings
{
    /// <summary>Handshakes under way at once; further connections are closed unheard.</summary>
    internal int MaxHandshakes { get; init; } = 1024;

    /// <summary>Complete connections that nobody has accepted yet; with so many, further ones are closed unheard.</summary>
    internal int MaxUnaccepted { get; init; } = 4096;

    /// <summary>From the TCP connection to the client's Settings.</summary>
    internal TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
