using System.Security.Cryptography;
using System.Text;

namespace Skytale.Tests.EndToEnd;

/// <summary>An agent's store: encrypted, opened by its own key alone, and by one process at a time.</summary>
[Trait("Category", "Slow")]
public sealed class StoreTests(ServerProcess server)
{
    [Fact(Timeout = 120_000)]
    public async Task The_store_is_no_readable_database()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var channel = await user.CreateChannelAsync("secret", "alice");
        (await user.RunAsync("send", channel, "a message")).ShouldBeDone();

        var store = File.ReadAllBytes(user.PathOf("alice", "store.db"));
        store.Length.ShouldBeGreaterThan(4096);
        store[..16].ShouldNotBe(Encoding.ASCII.GetBytes("SQLite format 3\0"));
        // Beside it: the write-ahead log and its index, where they stay behind.
        foreach (var file in new[] { "store.db", "store.db-wal", "store.db-shm" }.Select(name => user.PathOf("alice", name)).Where(File.Exists))
        {
            File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes("CREATE TABLE")).ShouldBe(-1, file);
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_key_does_not_open_it_and_the_right_one_still_does()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var channel = await user.CreateChannelAsync("key", "alice");
        var key = user.PathOf("alice", "store.key");
        var right = File.ReadAllBytes(key);
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(32));
        (await user.RunAsync("send", channel, "x")).ShouldFail(4, "key");

        File.WriteAllBytes(key, right);
        (await user.RunAsync("send", channel, "x")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_file_that_others_may_read_is_refused()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var key = user.PathOf("alice", "store.key");
        File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        (await user.RunAsync("channel", "create", $"{user.Org}/test/open")).ShouldFail(4, "read by others", "chmod 600");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_missing_store_and_a_missing_key_are_told_apart()
    {
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(user.PathOf("alice", "store.db"))!, "store.db*"))
            File.Delete(file);
        (await user.RunAsync("channel", "create", $"{user.Org}/test/lost", "--agent", "alice")).ShouldFail(4, "store");
        File.Delete(user.PathOf("bob", "store.key"));
        (await user.RunAsync("channel", "create", $"{user.Org}/test/lost", "--agent", "bob")).ShouldFail(4, "store.key is missing");
        (await user.RunAsync("channel", "create", $"{user.Org}/test/lost", "--agent", "carol")).ShouldFail(4, "no agent 'carol'", "skytale agent create carol");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_process_is_told_which_one_holds_the_store()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var channel = await user.CreateChannelAsync("held", "alice");
        var holder = user.Start("listen", channel);
        await holder.WaitForErrorAsync(line => line.Contains("listens on", StringComparison.Ordinal));
        (await user.RunAsync("send", channel, "x")).ShouldFail(4, $"{holder.Id}");

        (await holder.KillAsync()).ShouldNotBe(0);
        (await user.RunAsync("send", channel, "x")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_agent_is_made_once()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var id = await user.IdOfAsync("alice");
        (await user.RunAsync("agent", "create", "alice")).ShouldFail(1, "already");
        (await user.IdOfAsync("alice")).ShouldBe(id);
    }
}
