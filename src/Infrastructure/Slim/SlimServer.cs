using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Skytale.Slim.Grpc;
using Skytale.Slim.Links;

namespace Skytale.Slim;

/// <summary>SLIM's data plane: each call of its one method is a link of an application, bridged to a link of its own at the relay.</summary>
public sealed class SlimServer : IAsyncDisposable
{
    private const string OpenChannel = "/dataplane.proto.v1.DataPlaneService/OpenChannel";

    private readonly SlimServerOptions _options;
    private readonly WebApplication _app;
    private readonly RelayConnections _relays;
    private readonly LinkHost _links;
    private bool _wasStarted;

    /// <param name="connect">Makes a connection to the relay, over which links go, and which heals by itself; asked once at first, and again when there are many links.</param>
    public SlimServer(SlimServerOptions options, Func<RelayLink.RelayLink> connect, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _relays = new RelayConnections(connect, options.LinksPerConnection, options.MaxLinks);
        _links = new LinkHost(options, _relays, time, loggers.CreateLogger<SlimServer>());

        // A web server of its own: its limits are for calls that last for days, which no other endpoint wants.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The bound address; after the start.</summary>
    public IPEndPoint LocalEndPoint
    {
        get
        {
            var address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return new IPEndPoint(_options.Listen.Address, address.Port);
        }
    }

    /// <exception cref="IOException">The address is in use.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        _wasStarted = true; // Also where it fails half-way.
        return _app.StartAsync(cancellationToken);
    }

    /// <summary>Ends all links, stops to listen, and then closes what carried the links.</summary>
    public async ValueTask DisposeAsync()
    {
        await _links.StopAsync();
        if (_wasStarted)
            await _app.StopAsync();
        await _app.DisposeAsync();
        _links.Dispose();
        await _relays.DisposeAsync();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = _options.MaxConnections;
        kestrel.Limits.MinResponseDataRate = null; // A reader's patience is the link's to measure.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
        kestrel.Limits.Http2.InitialStreamWindowSize = 1 << 20;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 2 << 20;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(120);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.Listen(_options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseQuickAck();
            if (_options.Certificate is { } certificate)
                listen.UseHttps(Tls(certificate));
        });
    }

    private static TlsHandshakeCallbackOptions Tls(Func<SslStreamCertificateContext> certificate) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate(),
            EnabledSslProtocols = SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2],
        }),
    };

    private Task AnswerAsync(HttpContext http)
    {
        if (!GrpcCall.IsCall(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return Task.CompletedTask;
        }
        var call = GrpcCall.Of(http);
        if (http.Request.Path == OpenChannel)
            return _links.ServeAsync(call);
        call.End(GrpcStatus.Unimplemented, "There is OpenChannel alone.");
        return Task.CompletedTask;
    }
}
