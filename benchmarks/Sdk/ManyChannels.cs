using System.Diagnostics;
using System.Globalization;
using Skytale.Benchmarks.Messages;
using Skytale.Sdk;

namespace Skytale.Benchmarks.Sdk;

/// <summary>An agent in very many channels, started in a process of its own.</summary>
internal static class ManyChannels
{
    /// <summary>The command of that process; an <see cref="AgentPlace"/> follows.</summary>
    public const string Command = "start-agent";

    public const int Count = 1_000;

    public static async Task<AgentPlace> PrepareAsync(BenchServer server)
    {
        var place = await server.CreateAgentAsync("many");
        await using var agent = await server.ConnectAsync(place);
        for (var i = 0; i < Count; i++)
            await agent.CreateChannelAsync($"{server.Org}/many/c{i}");
        return place;
    }

    /// <summary>Starts it: seconds until every channel has caught up, and the megabytes that the process has then.</summary>
    public static async Task<(double Seconds, double Megabytes)> StartAsync(AgentPlace place)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Command, place.ToString()]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var words = (await process.StandardOutput.ReadToEndAsync()).Split(' ', StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync();
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    /// <summary>That process.</summary>
    public static async Task<int> RunAsync(AgentPlace place)
    {
        using var api = place.OpenApi();
        var begun = Stopwatch.GetTimestamp();
        await using var agent = await place.ConnectAsync(api);
        await Task.WhenAll(agent.Channels.Select(channel => channel.CatchUpAsync()));
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        if (agent.Channels.Count != Count)
            return 1;
        var resident = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {double.Parse(resident, CultureInfo.InvariantCulture) / 1024}"));
        return 0;
    }
}
