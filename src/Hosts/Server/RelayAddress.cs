using System.Net;

namespace Skytale.Server;

/// <summary>Where agents find the relay, as token answers and <c>local.json</c> tell them. The relay role sets the port that it has bound.</summary>
public sealed class RelayAddress(ServerOptions options)
{
    private volatile int _port = options.RelayListen.Port;

    public string Name => options.RelayName;

    public string Host => options.RelayHost;

    public int Port => _port;

    /// <summary>Called by the relay role when it listens.</summary>
    public void Bound(IPEndPoint endPoint) => _port = endPoint.Port;
}
