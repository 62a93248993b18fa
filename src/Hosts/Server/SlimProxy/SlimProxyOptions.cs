using System.Net;

namespace Skytale.Server.SlimProxy;

/// <summary>The SLIM proxy's part of the configuration.</summary>
public sealed record SlimProxyOptions
{
    /// <summary><c>SlimProxy:Listen</c>: where SLIM applications connect.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary><c>SlimProxy:Development</c>: plaintext and no credentials, on loopback alone.</summary>
    public required bool IsDevelopment { get; init; }

    /// <summary><c>SlimProxy:KeyFile</c>: the key by which the relay knows the proxy; made if absent.</summary>
    public required string KeyFile { get; init; }

    /// <summary><c>SlimProxy:Relay</c>: the relay's address; null: the one in this process.</summary>
    public required IPEndPoint? Relay { get; init; }

    /// <summary><c>SlimProxy:RelayName</c>: the name in the relay's certificate.</summary>
    public required string RelayName { get; init; }

    /// <summary><c>SlimProxy:RelayCertificate</c>: SHA-256 of the only certificate that is accepted of it; null: the system's roots decide.</summary>
    public required ReadOnlyMemory<byte>? RelayCertificate { get; init; }

    /// <summary><c>SlimProxy:Api</c>: where API keys are exchanged for tokens; null: the one in this process, or nowhere.</summary>
    public required Uri? Api { get; init; }

    /// <summary><c>SlimProxy:ApiCertificate</c>: as for the relay.</summary>
    public required ReadOnlyMemory<byte>? ApiCertificate { get; init; }

    internal static SlimProxyOptions Read(Settings settings, string data, string relayName)
    {
        var listen = settings.EndPoint("SlimProxy:Listen", "127.0.0.1:7445");
        var isDevelopment = settings.Flag("SlimProxy:Development", false);
        if (isDevelopment && !IPAddress.IsLoopback(listen.Address))
            throw new SettingsException("SlimProxy:Development", $"lets everybody in without encryption; it is for a loopback address alone, not for SlimProxy:Listen={listen}.");
        return new SlimProxyOptions
        {
            Listen = listen,
            IsDevelopment = isDevelopment,
            KeyFile = Path.GetFullPath(settings.Text("SlimProxy:KeyFile", Path.Combine(data, "slim-proxy-key.pem"))),
            Relay = settings.Optional("SlimProxy:Relay") is null ? null : settings.EndPoint("SlimProxy:Relay", ""),
            RelayName = settings.Text("SlimProxy:RelayName", relayName),
            RelayCertificate = settings.Sha256("SlimProxy:RelayCertificate"),
            Api = settings.HttpsUrl("SlimProxy:Api"),
            ApiCertificate = settings.Sha256("SlimProxy:ApiCertificate"),
        };
    }
}
