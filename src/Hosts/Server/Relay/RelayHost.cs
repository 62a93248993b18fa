using Skytale.Protocol.Transport;
using Skytale.Server.Certificates;
using Skytale.Server.Operations;

namespace Skytale.Server.Relay;

/// <summary>The relay in the server's life: the configured transports on the configured address from start to stop.</summary>
internal sealed class RelayHost(IServiceProvider services, ServerOptions options, CurrentCertificate certificate, RelayAddress address, Draining draining,
    ILoggerFactory loggers, TimeProvider time, IHostApplicationLifetime lifetime) : IHostedService, IAsyncDisposable
{
    private ITransport? _transport;
    private RelayServer? _server;
    private IDisposable? _following;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _transport = RelayTransport.Create(options.RelayTransports, options.RelayQuic, options.RelayLoops);
        _server = ActivatorUtilities.CreateInstance<RelayServer>(services, _transport, new FewLines(loggers, time).CreateLogger<RelayServer>(), new RelayServerOptions
        {
            Name = options.RelayName,
            ServerNames = options.CertificateNames,
            Listen = options.RelayListen,
            Certificate = certificate.Value.Certificate,
            Intermediates = certificate.Value.Intermediates,
            Rates = options.RelayRates,
            Failed = lifetime.StopApplication, // Whoever watches the process starts it again.
        });
        await _server.StartAsync(cancellationToken);
        _following = certificate.AddUser(next => _server.UseCertificate(next.Certificate, next.Intermediates));
        draining.WhenItBegins(_server.SendAway);
        address.Bound(_server.LocalEndPoint);
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Also without a stop before it: a host that is disposed closes its connections too.</summary>
    public async ValueTask DisposeAsync()
    {
        _following?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_transport is not null)
            await _transport.DisposeAsync();
    }
}
