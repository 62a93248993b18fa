using System.Security.Cryptography;
using Skytale.Chaos.Checking;
using Skytale.Chaos.Running;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Tests.EndToEnd;

/// <summary>Where a message's plaintext is in its reader's process, and when it is gone. The marker is kept here alone, and in what is sent.</summary>
public sealed class MessageMemoryTests(ServerProcess server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact(Timeout = 240_000)]
    [Trait("Category", "Slow")]
    public async Task Disposed_messages_are_gone_from_their_readers_memory_and_were_never_in_its_files()
    {
        using var folder = new TemporaryFolder();
        using var api = new SkytaleApiClient(new Uri(server.Url), Convert.FromHexString(server.Certificate));
        var account = await api.SignUpAsync($"{Guid.NewGuid():N}@example.org", RandomNumberGenerator.GetHexString(20));
        var key = (await api.CreateKeyAsync(account.AccountId, account.AccountToken)).ApiKey;
        var name = $"{account.Org}/test/memory";
        var complaints = new List<string>();
        var ledger = new Ledger(complaints.Add);
        await using var bob = new AgentProcess("bob", Path.Combine(folder.Path, "bob"), ledger);
        await bob.CreateAsync(api, account, key, RandomNumberGenerator.GetBytes(32), [name]);
        await using var alice = await ConnectAsync(api, account, key, Path.Combine(folder.Path, "alice.db"), ledger);
        await bob.StartAsync(1);
        var channel = await alice.CreateChannelAsync(name);
        await channel.AddMemberAsync(AgentId.TryParse(bob.Did, out var id) ? id : throw new InvalidOperationException(bob.Did));

        var marker = RandomNumberGenerator.GetBytes(24);
        await bob.AskAsync("keep");
        await SendAsync(channel, ledger, marker, upTo: 4);
        var (read, kept) = ProcessMemory.Search(bob.ProcessId, [marker]);
        read.ShouldBeGreaterThan(16 << 20);
        kept[0].ShouldBeGreaterThanOrEqualTo(4, "what was not disposed must be found, or the search finds nothing");

        await bob.AskAsync("dispose");
        ProcessMemory.Search(bob.ProcessId, [marker]).Found[0].ShouldBe(0, "disposed, and in the reader's memory still");
        await SendAsync(channel, ledger, marker, upTo: 8);
        await bob.AskAsync("pause"); // Behind it the last one is disposed too.
        ProcessMemory.Search(bob.ProcessId, [marker]).Found[0].ShouldBe(0, "disposed at once, and in the reader's memory still");

        complaints.ShouldBeEmpty();
        // The lock file has nothing in it, and nobody but its owner may read it.
        var files = Directory.GetFiles(Path.Combine(folder.Path, "bob")).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        files.ShouldContain(file => file.EndsWith("-wal", StringComparison.Ordinal));
        files.Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(marker) >= 0).ShouldBeEmpty();
    }

    /// <summary>One in each of the sizes that take other ways: returns when all were shown.</summary>
    private static async Task SendAsync(SkytaleChannel channel, Ledger ledger, byte[] marker, int upTo)
    {
        var number = (ulong)upTo;
        foreach (var size in new[] { 300, 3_000, 40_000, 2_000_000 })
        {
            var content = new byte[size];
            BitConverter.TryWriteBytes(content, number++);
            marker.CopyTo(content, size / 2);
            await channel.SendAsync(content);
        }
        using var patience = new CancellationTokenSource(Patience);
        while (ledger.Counts.Shown < upTo)
            await Task.Delay(20, patience.Token);
    }

    private static async Task<SkytaleAgent> ConnectAsync(SkytaleApiClient api, NewAccount account, string apiKey, string store, Ledger ledger)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var id = await SkytaleAgent.CreateStoreAsync(store, key);
        ledger.Name(id.ToString(), "alice");
        await api.RegisterAgentAsync(account.AccountId, apiKey, "alice", id, await SkytaleAgent.SignRegistrationAsync(store, key, account.AccountId, "alice"));
        return await SkytaleAgent.ConnectAsync(new SkytaleAgentOptions { StorePath = store, StoreKey = key, GetRelayAccess = stop => api.GetRelayAccessAsync(apiKey, id, stop) });
    }
}
