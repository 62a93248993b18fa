using System.Diagnostics;
using Skytale.Quic;

namespace Skytale.Benchmarks.Slim;

/// <summary>A million messages from an application through proxy and relay to a native agent: what is left of them in the memory of the two.</summary>
internal static class Memory
{
    private const int Messages = 1_000_000;
    private const int WarmUp = 200_000;
    private const int Size = 256;

    /// <summary>Fewer than a mailbox holds, so that none is lost.</summary>
    private const int UnderWay = 500;

    public static async Task<IEnumerable<Figure>> MeasureAsync()
    {
        await using var relay = await RelayProcess.StartAsync(LogKind.Embedded, isSlim: true);
        await using var transport = QuicTransport.Create();
        await using var receiver = await Native.ConnectAsync(transport, relay, "receiver");
        await using var application = await Application.ConnectAsync(relay.SlimEndpoint);
        using var free = new SemaphoreSlim(UnderWay);
        var (resident, begun) = (new List<double>(), Stopwatch.GetTimestamp());
        var (sending, receiving) = (SendAsync(), ReceiveAsync());
        await await Task.WhenAny(sending, receiving);
        await receiving;
        return
        [
            Figure.Of($"growth of proxy's and relay's memory over {Messages:N0} messages", "MB", "< 20", [resident[^1] - resident[0]]),
            Figure.Of("resident memory of proxy and relay meanwhile", "MB", "", resident),
            Figure.Of("messages of 256 bytes, application → proxy → relay → native agent", "1/s", "", [Messages / Stopwatch.GetElapsedTime(begun).TotalSeconds]),
        ];

        async Task ReceiveAsync()
        {
            for (var received = 1; received <= WarmUp + Messages; received++)
            {
                await receiver.ReceiveAsync();
                free.Release();
                if (received == WarmUp)
                    begun = Stopwatch.GetTimestamp();
                if (received >= WarmUp && received % 100_000 == 0)
                {
                    resident.Add(relay.Resident / 1e6);
                    await Console.Error.WriteLineAsync($"memory, {received:N0} messages, {resident[^1]:N0} MB …");
                }
            }
        }

        async Task SendAsync()
        {
            var envelope = Native.Say(Native.NameOf("sender"), receiver.Name, Size);
            for (var sent = 0; sent < WarmUp + Messages; sent++)
            {
                await free.WaitAsync();
                await application.PublishAsync(envelope);
            }
        }
    }
}
