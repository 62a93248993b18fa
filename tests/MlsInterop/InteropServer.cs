using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Skytale.MlsInterop.Service;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop;

/// <summary>The gRPC server <c>mls_client.MLSClient</c> over HTTP/2 without TLS, on the loopback address alone.</summary>
public sealed class InteropServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Store _store = new();

    private InteropServer(ushort port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // Whoever starts the server says why it did not start.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2);

            // Trees of large groups are large messages.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
        });
        builder.Services.AddSingleton(_store);
        _application = builder.Build();
        _application.MapGrpcService<MlsClientService>();
    }

    /// <summary>Where it listens, once it is started.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <param name="port">0 picks a free one.</param>
    public static InteropServer Create(ushort port) => new(port);

    /// <exception cref="IOException">The port is in use.</exception>
    public Task StartAsync() => _application.StartAsync();

    /// <summary>Until the process is asked to end.</summary>
    public Task WaitForShutdownAsync() => _application.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _store.Dispose();
    }
}
