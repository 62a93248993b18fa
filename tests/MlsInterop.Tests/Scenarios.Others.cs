using Google.Protobuf;
using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

/// <summary>Groups that continue others, and proposals from outside.</summary>
public abstract partial class Scenarios
{
    private static readonly string[] Others = ["dave", "erin"];

    [Theory(Timeout = Timeout)]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, false)]
    public async Task A_group_goes_on_as_another(bool encrypt, bool path, bool externalTree)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob", "carol", "dave", "erin");
        var proposal = await script.ProposeReInitAsync("alice", ByteString.CopyFromUtf8("the next"), otherSuite, Script.RequiredCapabilities, Script.NoExternalSenders);
        await script.ReInitAsync(proposal, "bob", "carol", ["alice", .. Others], path, externalTree);
        script.Suite = otherSuite;
        await script.AgreeAsync("alice", "bob", "carol", "dave", "erin");
        await script.CommitAsync("dave", new() { Members = ["alice", "bob", "carol", "erin"] });
        await script.AgreeAsync("alice", "bob", "carol", "dave", "erin");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_member_proposes_commits_and_welcomes(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob", "carol");
        var proposal = await script.ProposeReInitAsync("alice", script.GroupId, suite);
        await script.ReInitAsync(proposal, "alice", "alice", ["bob", "carol"]);
        await script.AgreeAsync("alice", "bob", "carol");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task Some_members_form_a_branch(bool encrypt, bool path, bool externalTree)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob", "carol", "dave");
        var carol = script["carol"].StateId;
        await script.BranchAsync("alice", ["bob", "dave"], path, externalTree, Script.RequiredCapabilities, Script.NoExternalSenders);
        await script.AgreeAsync("alice", "bob", "dave");
        script["carol"].StateId.ShouldBe(carol);
        (await script.StateAuthAsync("carol")).ShouldNotBe(await script.StateAuthAsync("alice"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_joiner_proposes_itself(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice", "bob");
        var proposal = await script.ProposeMeAsync("carol", "alice");
        await script.CommitAsync("alice", new() { ByReference = [proposal], Members = ["bob"], Joiners = ["carol"] });
        await script.AgreeAsync("alice", "bob", "carol");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signers_outside_propose(bool encrypt)
    {
        var script = Play(encrypt);
        await script.CreateGroupAsync("alice");
        await script.ExternalJoinAsync("alice", "bob");
        await script.ExternalJoinAsync("alice", "carol", ["bob"]);
        var psk = await script.InstallPskAsync("alice", "bob", "carol");
        await script.CommitAsync("alice", new() { ByReference = [await script.ProposeSignerAsync("alice", "first signer")], Members = ["bob", "carol"] });
        await script.CommitAsync("alice", new() { ByReference = [await script.ProposeSignerAsync("alice", "second signer")], Members = ["bob", "carol"] });

        await CommitOf("first signer", 0, Script.Psk(psk), ["bob", "carol"]);
        await CommitOf("second signer", 1, Script.PastEpoch(3), ["bob", "carol"]);

        // The public runner sends no index: the second is found by its key.
        await CommitOf("second signer", 0, Script.Add(await script.CreateKeyPackageAsync("dave")), ["bob", "carol"], "dave");
        await script.AgreeAsync("alice", "bob", "carol", "dave");
        await CommitOf("first signer", 0, script.Remove("bob"), ["carol", "dave"]);
        await script.AgreeAsync("alice", "carol", "dave");

        var reInit = new Wire.ProposalDescription { ProposalType = ByteString.CopyFromUtf8("reinit"), GroupId = script.GroupId, CipherSuite = otherSuite };
        await script.ReInitAsync(await script.SignerProposesAsync("first signer", 0, "alice", reInit), "alice", "carol", ["dave"], forcePath: true);
        await script.AgreeAsync("alice", "carol", "dave");

        async Task CommitOf(string signer, uint index, Wire.ProposalDescription description, string[] members, params string[] joiners)
        {
            var proposal = await script.SignerProposesAsync(signer, index, "alice", description);
            await script.CommitAsync("alice", new() { ByReference = [proposal], Members = members, Joiners = joiners });
        }
    }
}
