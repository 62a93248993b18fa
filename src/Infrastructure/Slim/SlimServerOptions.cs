using System.Net;
using System.Net.Security;
using Skytale.Protocol.Transport;

namespace Skytale.Slim;

/// <summary>Where the data plane listens, and whom it lets in.</summary>
public sealed record SlimServerOptions
{
    /// <summary>The address; port 0 lets the system choose.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The certificate to show, asked for at each connection; null: plaintext, for development on loopback.</summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>Finds the token in what an application shows; null: nothing is asked for.</summary>
    public LinkCredentials? Credentials { get; init; }

    /// <summary>How the proxy names itself to applications.</summary>
    public required string NodeId { get; init; }

    /// <summary>For the first message of a link.</summary>
    public TimeSpan NegotiationTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the relay to take a new link.</summary>
    public TimeSpan RelayTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an application may take nothing of what waits for it.</summary>
    public TimeSpan ReaderPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>TCP connections at once.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Links at once.</summary>
    public int MaxLinks { get; init; } = 10_000;

    /// <summary>Links that share a connection to the relay, whose streams they are: a relay lets a connection have 1,024.</summary>
    public int LinksPerConnection { get; init; } = 250;

    /// <summary>Bytes that the relay may have under way to one link.</summary>
    public int LinkWindow { get; init; } = 256 << 10;

    /// <summary>For a connection to the relay: room for all of its links, so that those which nobody reads do not take the others'.</summary>
    public TransportLimits RelayLimits => new() { StreamWindow = LinkWindow, ConnectionWindow = (LinksPerConnection + 1) * LinkWindow };
}
