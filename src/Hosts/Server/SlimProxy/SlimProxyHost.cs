using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Server.Certificates;
using Skytale.Server.Operations;
using Skytale.Server.Relay;
using Skytale.Slim;

namespace Skytale.Server.SlimProxy;

/// <summary>The SLIM proxy in the server's life: its key, its connections to the relay, and the data plane from start to stop.</summary>
internal sealed class SlimProxyHost(IServiceProvider services, ServerOptions options, CurrentCertificate certificate, RelayAddress address, TimeProvider time,
    ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger<SlimProxyHost>();
    private ITransport? _transport;
    private KeyExchange? _keys;
    private ProxyKey? _key;
    private SlimServer? _server;

    private SlimProxyOptions Options => options.SlimProxy;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _key = ProxyKey.LoadOrCreate(Options.KeyFile);
        // A relay in this process trusts the proxy beside it; another one's configuration names it.
        services.GetService<SlimProxies>()?.Trust(_key.Id, Options.IsDevelopment);
        if (Options.IsDevelopment)
            _log.Development(Options.Listen);

        _transport = RelayTransport.Create(options.RelayTransports, options.RelayQuic);
        _keys = new KeyExchange(() => Options.Api ?? OwnApi(), () => Options.Api is null ? OwnCertificate() : Options.ApiCertificate, time);
        var plane = new SlimServerOptions
        {
            Listen = Options.Listen,
            Certificate = Options.IsDevelopment ? null : () => certificate.Value.TlsContext,
            Credentials = Options.IsDevelopment ? null : new LinkCredentials(_keys.ExchangeAsync),
            NodeId = _key.Id.ToString(),
        };
        _server = new SlimServer(plane, () => Connect(_transport, _key, plane.RelayLimits), time, new FewLines(loggers, time));
        await _server.StartAsync(cancellationToken);
    }

    /// <summary>The data plane ends first, so that applications are told; then what carried it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_transport is not null)
            await _transport.DisposeAsync();
        _keys?.Dispose();
        _key?.Dispose();
        (_server, _transport, _keys, _key) = (null, null, null, null);
    }

    /// <summary>Where it listens and how it is to be named, for people.</summary>
    public string Describe() =>
        _server is null || _key is null
            ? throw new InvalidOperationException("The proxy does not listen yet.")
            : $"{_server.LocalEndPoint} as {_key.Id}{(Options.IsDevelopment ? ", for development: plaintext, no credentials" : "")}";

    private RelayLink.RelayLink Connect(ITransport transport, ProxyKey key, TransportLimits limits)
    {
        var relay = new RelayLink.RelayLink(transport, _ => Task.FromResult(Dial(key, limits)), (_, ended) => Task.Delay(Timeout.Infinite, ended), lost => _log.NoRelay(lost.Message));
        relay.Start();
        return relay;
    }

    private RelayDial Dial(ProxyKey key, TransportLimits limits) => new()
    {
        EndPoint = Options.Relay ?? new IPEndPoint(Reachable(options.RelayListen.Address), address.Port),
        ServerName = Options.RelayName,
        PinnedCertificateHash = Options.Relay is null ? OwnCertificate() : Options.RelayCertificate,
        Token = null,
        AgentId = key.Id,
        SignProof = key.SignProof,
        Limits = limits,
    };

    private ReadOnlyMemory<byte>? OwnCertificate() => Convert.FromHexString(certificate.Value.Sha256);

    private Uri? OwnApi()
    {
        if (!options.ServesApi || services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } bound)
            return null;
        return new UriBuilder(Uri.UriSchemeHttps, Reachable(options.ApiListen.Address).ToString(), new Uri(bound).Port).Uri;
    }

    /// <summary>An address at which this machine reaches what listens on this one.</summary>
    private static IPAddress Reachable(IPAddress listen) =>
        listen.Equals(IPAddress.Any) ? IPAddress.Loopback : listen.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listen;
}

internal static partial class SlimProxyLog
{
    [LoggerMessage(LogLevel.Warning, "DEVELOPMENT MODE: the SLIM proxy on {Listen} takes everybody in, in plaintext and without credentials. Never run it so where others can reach it")]
    public static partial void Development(this ILogger log, IPEndPoint listen);

    [LoggerMessage(LogLevel.Warning, "The SLIM proxy has no connection to the relay and tries again: {Reason}")]
    public static partial void NoRelay(this ILogger log, string reason);
}
