using Google.Protobuf;
using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

/// <summary>The scenarios of the public runner, for one cipher suite, with handshake messages in the clear and encrypted.</summary>
public abstract partial class Scenarios(TwoServers servers, uint suite, uint otherSuite)
{
    private const int Timeout = 120_000;

    private Script Play(bool encrypt) => new(servers, suite, encrypt);

    [Theory(Timeout = Timeout)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    public async Task A_member_joins_by_a_welcome(bool encrypt, bool path, bool externalTree)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        var add = await script.ProposeAddAsync("alice", await script.CreateKeyPackageAsync("bob"));
        await script.CommitAsync("alice", new() { ByReference = [add], Joiners = ["bob"], ForcePath = path, ExternalTree = externalTree });
        await script.AgreeAsync("alice", "bob");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_member_joins_by_a_welcome_with_a_psk(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        var add = await script.ProposeAddAsync("alice", await script.CreateKeyPackageAsync("bob"));
        var psk = await script.InstallPskAsync("alice", "bob");
        await script.CommitAsync("alice", new() { ByReference = [add, await script.ProposePskAsync("alice", psk)], Joiners = ["bob"] });
        await script.AgreeAsync("alice", "bob");

        // What bob was told before he joined he knows as a member.
        await script.CommitAsync("bob", new() { ByValue = [Script.Psk(psk)], Members = ["alice"] });
        await script.AgreeAsync("alice", "bob");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_join_by_external_commits(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob", "carol");
        await script.ExternalJoinAsync("alice", "dave", ["bob", "carol"]);
        await script.ExternalJoinAsync("carol", "erin", ["alice", "bob", "dave"], externalTree: true);
        var psk = await script.InstallPskAsync("alice", "bob", "carol", "dave", "erin");
        await script.ExternalJoinAsync("dave", "frank", ["alice", "bob", "carol", "erin"], psks: psk);
        await script.AgreeAsync("alice", "bob", "carol", "dave", "erin", "frank");

        // A resync: the same client again, in place of its leaf of before.
        await script.ExternalJoinAsync("alice", "bob", ["carol", "dave", "erin", "frank"], removePrior: true);
        await script.AgreeAsync("alice", "bob", "carol", "dave", "erin", "frank");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_are_read_in_any_order_and_after_a_commit(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob");
        var sent = new List<(ByteString Ciphertext, string Text)>();
        for (var i = 0; i < 3; i++)
            sent.Add((await script.ProtectAsync("alice", $"message {i}"), $"message {i}"));
        await script.CommitAsync("bob", new() { Members = ["alice"] });
        for (var i = 3; i < 5; i++)
            sent.Add((await script.ProtectAsync("alice", $"message {i}"), $"message {i}"));
        foreach (var (ciphertext, text) in Enumerable.Reverse(sent))
            await script.ReadsAsync("bob", ciphertext, text);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Members_follow_a_long_random_life(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob");
        var random = new Random(9420);
        List<string> members = ["alice", "bob"];
        for (var step = 0; step < 12; step++)
        {
            var committer = members[random.Next(members.Count)];
            string[] others = [.. members.Where(member => member != committer)];
            if (random.Next(3) == 0 && members.Count > 2)
            {
                var removed = others[random.Next(others.Length)];
                members.Remove(removed);
                await script.CommitAsync(committer, new() { ByValue = [script.Remove(removed)], Members = [.. others.Where(member => member != removed)] });
            }
            else
            {
                var joiner = $"member {step}";
                var updates = new List<ByteString>();
                foreach (var updated in others.Where(_ => random.Next(2) == 0))
                    updates.Add(await script.ProposeUpdateAsync(updated));
                var add = Script.Add(await script.CreateKeyPackageAsync(joiner));
                await script.CommitAsync(committer, new() { ByReference = [.. updates], ByValue = [add], Members = others, Joiners = [joiner], ForcePath = random.Next(2) == 0 });
                members.Add(joiner);
            }
        }
        await script.AgreeAsync([.. members]);
    }
}
