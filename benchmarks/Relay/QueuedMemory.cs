using System.Diagnostics;
using Skytale.Quic;

namespace Skytale.Benchmarks.Relay;

/// <summary>Messages that wait at a relay for a member that is away, in some channels: what they cost of the relay's memory.</summary>
internal static class QueuedMemory
{
    /// <summary>As many as hold the messages: a channel keeps 256 MiB.</summary>
    private const int Rooms = 8;

    private const int WarmUp = 50_000;
    private const int UnderWay = 1024;

    /// <returns>The growth of the relay's resident memory in MB, and the messages that it took a second.</returns>
    public static async Task<(double Megabytes, double PerSecond)> MeasureAsync(LogKind log, int messages)
    {
        await using var relay = await RelayProcess.StartAsync(log);
        await using var transport = QuicTransport.Create();
        var (sender, absent) = (Member.Create(relay.Issuer), Member.Create(relay.Issuer));
        await using var connection = await sender.ConnectAsync(transport, relay.Place);
        var rooms = new List<Room>();
        for (var i = 0; i < Rooms; i++)
            rooms.Add(await Room.CreateAsync(connection, sender, [absent]));

        await SendAsync(rooms, WarmUp);
        var before = relay.Resident;
        var begun = Stopwatch.GetTimestamp();
        await SendAsync(rooms, messages);
        return ((relay.Resident - before) / 1e6, messages / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static async Task SendAsync(List<Room> rooms, int messages)
    {
        using var free = new SemaphoreSlim(UnderWay);
        var sending = new List<Task>(messages);
        for (var i = 0; i < messages; i++)
        {
            await free.WaitAsync();
            sending.Add(SendOneAsync(rooms[i % rooms.Count]));
        }
        await Task.WhenAll(sending);

        async Task SendOneAsync(Room room)
        {
            try
            {
                await room.SendAsync();
            }
            finally
            {
                free.Release(); // Its failure is found at the end.
            }
        }
    }
}
