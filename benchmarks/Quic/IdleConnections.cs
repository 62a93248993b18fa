using Skytale.Protocol.Transport;

namespace Skytale.Benchmarks.Quic;

/// <summary>What a connection costs that does nothing.</summary>
internal static class IdleConnections
{
    /// <summary>Resident memory a connection, in kB of 1,000 bytes: one end of it, the mean of the client's and the server's.</summary>
    internal static async Task<double> KilobytesAsync(Loopback loopback, int connections)
    {
        var held = new List<(ITransportConnection, ITransportConnection)>();
        for (var i = 0; i < connections / 10; i++)
            held.Add(await loopback.ConnectAsync()); // Code, buffers and pools are there before the first reading.
        var before = Resident();
        for (var i = 0; i < connections; i++)
            held.Add(await loopback.ConnectAsync());
        var after = Resident();
        foreach (var (client, server) in held)
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
        }
        return (after - before) / 1000.0 / (2 * connections);
    }

    /// <summary>Resident memory of this process in bytes, garbage collected.</summary>
    internal static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
