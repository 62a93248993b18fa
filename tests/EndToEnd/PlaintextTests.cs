using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Tests.EndToEnd;

/// <summary>What members say is nowhere at the server: neither in its memory, nor its files, its log, or the frames that it delivers.</summary>
[Trait("Category", "Slow")]
public sealed class PlaintextTests
{
    private const int Messages = 20;

    [Fact(Timeout = 300_000)]
    public async Task The_plaintext_is_nowhere_at_the_server()
    {
        await using var server = new ServerProcess();
        await server.InitializeAsync("--Logging:LogLevel:Default=Trace");
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        // The names are held by the server and found by the same searches as the marker.
        var service = $"held-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        var marker = $"secret-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";
        var channel = await user.CreateChannelAsync(service, "alice", "bob");
        await TalkAsync(user, channel, marker);

        byte[][] secret = [Encoding.UTF8.GetBytes(marker), Encoding.Unicode.GetBytes(marker)];
        byte[][] held = [Encoding.UTF8.GetBytes(service), Encoding.Unicode.GetBytes(service)];

        var (read, found) = ProcessMemory.Search(server.Program.Id, [.. secret, .. held]);
        read.ShouldBeGreaterThan(16 << 20);
        (found[0], found[1]).ShouldBe((0, 0), "the marker is in the server's memory");
        (found[2] + found[3]).ShouldBeGreaterThan(0, "the channel's name must be found, or the search finds nothing");

        var frames = await FramesAsync(user, channel);
        frames.Count(frame => frame.Kind == "message").ShouldBe(Messages + 1);
        frames.ShouldAllBe(frame => !Holds(frame.Bytes, secret));
        frames.ShouldAllBe(frame => Holds(frame.Bytes, new[] { frame.Channel.ToArray() }), "the group id stands in every frame");

        // With everything written out at the end, too.
        (await server.Program.TerminateAsync()).ShouldBe(0);
        var files = Directory.GetFiles(server.Home, "*", SearchOption.AllDirectories);
        files.ShouldAllBe(file => !Holds(File.ReadAllBytes(file), secret));
        files.ShouldContain(file => Holds(File.ReadAllBytes(file), new[] { Encoding.UTF8.GetBytes(user.Org) }), "the organisation's name must be found");

        string[] log = [.. server.Program.Output, .. server.Program.Errors];
        log.ShouldAllBe(line => !line.Contains(marker, StringComparison.OrdinalIgnoreCase));
        log.ShouldContain(line => line.Contains(server.Certificate, StringComparison.Ordinal), "the log must have been read");
    }

    /// <summary>Messages in both directions, with the marker in each; returns when all have been read.</summary>
    private static async Task TalkAsync(User user, string channel, string marker)
    {
        var bob = user.Start("chat", channel, "--agent", "bob");
        await bob.WaitForErrorAsync(line => line.Contains("is on", StringComparison.Ordinal));
        var alice = user.Start("chat", channel, "--agent", "alice");
        for (var i = 1; i <= Messages; i++)
            await alice.WriteLineAsync($"{marker} number {i}.");
        await bob.WaitForOutputAsync(line => line.EndsWith($"{marker} number {Messages}.", StringComparison.Ordinal));
        await bob.WriteLineAsync($"{marker} answered");
        await alice.WaitForOutputAsync(line => line.EndsWith($"{marker} answered", StringComparison.Ordinal));
        foreach (var chat in new[] { alice, bob })
        {
            await chat.EndInputAsync();
            (await chat.EndAsync()).ShouldBe(0);
        }
    }

    /// <summary>Every frame of the channel as the relay delivers it to a member.</summary>
    private static async Task<List<(string Kind, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Channel)>> FramesAsync(User user, string channel)
    {
        using var credentials = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(user.Home, "credentials.json")));
        string Field(string name) => credentials.RootElement.GetProperty(name).GetString()!;
        using var api = new SkytaleApiClient(new Uri(Field("api_url")), Convert.FromHexString(Field("certificate_sha256")));
        var apiKey = Field("api_key");
        var id = await user.IdOfAsync("alice");
        await using var agent = await SkytaleAgent.ConnectAsync(
            new SkytaleAgentOptions
            {
                StorePath = user.PathOf("alice", "store.db"),
                StoreKey = File.ReadAllBytes(user.PathOf("alice", "store.key")),
                GetRelayAccess = async stop => await api.GetRelayAccessAsync(apiKey, Protocol.AgentId.TryParse(id, out var alice) ? alice : default, stop),
            },
            TestContext.Current.CancellationToken);
        var opened = await agent.JoinAsync(channel, TestContext.Current.CancellationToken);
        var frames = new List<(string, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>();
        await foreach (var entry in opened.ReadRawAsync(TestContext.Current.CancellationToken))
            frames.Add((entry.Kind, entry.Bytes, opened.Id.Bytes));
        return frames;
    }

    private static bool Holds(ReadOnlyMemory<byte> bytes, byte[][] patterns)
    {
        foreach (var pattern in patterns)
        {
            if (bytes.Span.IndexOf(pattern) >= 0)
                return true;
        }
        return false;
    }
}
