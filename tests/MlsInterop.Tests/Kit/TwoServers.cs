using Grpc.Net.Client;
using Skytale.MlsInterop.Tests.Kit;

[assembly: AssemblyFixture(typeof(TwoServers))]

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>Two servers, each on a port of its own, as a runner has one for each implementation.</summary>
public sealed class TwoServers : IAsyncLifetime
{
    private readonly InteropServer[] _servers = [InteropServer.Create(0), InteropServer.Create(0)];
    private readonly List<GrpcChannel> _channels = [];

    public Uri Address(int server) => _servers[server % _servers.Length].Address;

    public Wire.MLSClient.MLSClientClient Client(int server) => new(_channels[server % _channels.Count]);

    public async ValueTask InitializeAsync()
    {
        foreach (var server in _servers)
        {
            await server.StartAsync();
            _channels.Add(GrpcChannel.ForAddress(server.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null }));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }
}
