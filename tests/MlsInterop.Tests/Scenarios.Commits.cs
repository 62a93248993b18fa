using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

/// <summary>Commits of each proposal type, by value and by reference, the committer's and others'.</summary>
public abstract partial class Scenarios
{
    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Adds_removes_and_updates_are_committed(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        await script.ExternalJoinAsync("alice", "bob");
        await script.CommitAsync("alice", new() { Members = ["bob"] });
        foreach (var path in new[] { true, false })
        {
            var names = path ? new[] { "carol", "dave", "erin" } : ["frank", "grace", "heidi"];
            var first = await script.ProposeAddAsync("alice", await script.CreateKeyPackageAsync(names[0]));
            var second = await script.ProposeAddAsync("bob", await script.CreateKeyPackageAsync(names[1]));
            var third = Script.Add(await script.CreateKeyPackageAsync(names[2]));
            string[] members = path ? ["bob"] : ["bob", "carol", "dave", "erin"];
            await script.CommitAsync("alice", new() { ByReference = [first, second], ByValue = [third], Members = members, Joiners = names, ForcePath = path });
        }
        await script.AgreeAsync("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

        var remove = await script.ProposeRemoveAsync("alice", "carol");
        var other = await script.ProposeRemoveAsync("bob", "frank");
        await script.CommitAsync("alice", new() { ByReference = [remove, other], ByValue = [script.Remove("erin")], Members = ["bob", "dave", "grace", "heidi"] });
        var update = await script.ProposeUpdateAsync("bob");
        var another = await script.ProposeUpdateAsync("grace");
        await script.CommitAsync("alice", new() { ByReference = [update, another], Members = ["bob", "dave", "grace", "heidi"] });
        await script.CommitAsync("bob", new() { Members = ["alice", "dave", "grace", "heidi"] });
        await script.AgreeAsync("alice", "bob", "dave", "grace", "heidi");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Group_context_extensions_are_committed(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob");
        var some = await script.ProposeExtensionsAsync("alice", Script.RequiredCapabilities, Script.NoExternalSenders);
        await script.CommitAsync("alice", new() { ByReference = [some], Members = ["bob"] });
        var none = await script.ProposeExtensionsAsync("bob");
        await script.CommitAsync("alice", new() { ByReference = [none], Members = ["bob"] });
        await script.CommitAsync("alice", new() { ByValue = [Script.ExtensionsOf(Script.RequiredCapabilities)], Members = ["bob"] });
        await script.AgreeAsync("alice", "bob");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task External_and_resumption_psks_are_committed(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        await script.ExternalJoinAsync("alice", "bob");
        var psks = new[] { await script.InstallPskAsync("alice", "bob"), await script.InstallPskAsync("alice", "bob"), await script.InstallPskAsync("alice", "bob") };
        foreach (var path in new[] { true, false })
        {
            var first = await script.ProposePskAsync("alice", psks[0]);
            var second = await script.ProposePskAsync("bob", psks[1]);
            await script.CommitAsync("alice", new() { ByReference = [first, second], ByValue = [Script.Psk(psks[2])], Members = ["bob"], ForcePath = path });
        }
        var past = await script.ProposePastEpochAsync("alice", 1);
        var later = await script.ProposePastEpochAsync("bob", 2);
        await script.CommitAsync("alice", new() { ByReference = [past, later], ByValue = [Script.PastEpoch(3)], Members = ["bob"] });
        await script.AgreeAsync("alice", "bob");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false, "alice")]
    [InlineData(true, "alice")]
    [InlineData(false, "bob")]
    [InlineData(true, "bob")]
    public async Task Everything_is_committed_together(bool encrypt, string proposer)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        await script.ExternalJoinAsync("alice", "bob");
        var carol = await script.ProposeAddAsync("alice", await script.CreateKeyPackageAsync("carol"));
        var dave = await script.ProposeAddAsync("alice", await script.CreateKeyPackageAsync("dave"));
        await script.CommitAsync("alice", new() { ByReference = [carol, dave], Members = ["bob"], Joiners = ["carol", "dave"] });
        var (first, second) = (await script.InstallPskAsync("alice", "bob"), await script.InstallPskAsync("alice", "bob"));

        var proposals = new List<Google.Protobuf.ByteString>
        {
            await script.ProposeAddAsync(proposer, await script.CreateKeyPackageAsync("erin")),
            await script.ProposeRemoveAsync(proposer, "carol"),
            await script.ProposeExtensionsAsync(proposer, Script.RequiredCapabilities, Script.NoExternalSenders),
            await script.ProposePskAsync(proposer, first),
            await script.ProposePastEpochAsync(proposer, 1),
        };
        if (proposer == "bob")
            proposals.Add(await script.ProposeUpdateAsync("bob"));
        await script.CommitAsync("alice", new()
        {
            ByReference = [.. proposals],
            ByValue = [Script.Add(await script.CreateKeyPackageAsync("frank")), script.Remove("dave"), Script.Psk(second), Script.PastEpoch(2)],
            Members = ["bob"],
        });
        await script.AgreeAsync("alice", "bob");
    }
}
