using Google.Protobuf;

namespace Skytale.MlsInterop.Tests.Kit;

/// <summary>Groups that continue others.</summary>
internal sealed partial class Script
{
    public async Task<ByteString> ProposeReInitAsync(string by, ByteString groupId, uint suite, params Wire.Extension[] extensions) =>
        (await this[by].Rpc.ReInitProposalAsync(new() { StateId = this[by].StateId, CipherSuite = suite, GroupId = groupId, Extensions = { extensions } })).Proposal;

    /// <summary>The committer ends the group, the welcomer starts the next; the members' states are those in it afterwards.</summary>
    public async Task ReInitAsync(ByteString proposal, string committer, string welcomer, string[] members, bool forcePath = false, bool externalTree = false)
    {
        var reinits = new Dictionary<string, (uint Id, ByteString KeyPackage)>();
        var all = members.Append(committer).Append(welcomer).Distinct().ToArray();

        var made = await this[committer].Rpc.ReInitCommitAsync(new() { StateId = this[committer].StateId, ByReference = { proposal } });
        var ended = await this[committer].Rpc.HandlePendingReInitCommitAsync(new() { StateId = this[committer].StateId });
        reinits[committer] = (ended.ReinitId, ended.KeyPackage);
        foreach (var member in all.Where(member => member != committer))
        {
            var handled = await this[member].Rpc.HandleReInitCommitAsync(new() { StateId = this[member].StateId, Proposal = { proposal }, Commit = made.Commit });
            handled.EpochAuthenticator.ShouldBe(ended.EpochAuthenticator, member);
            this[member].Recorded.Handle([proposal], made.Commit, ended.EpochAuthenticator);
            reinits[member] = (handled.ReinitId, handled.KeyPackage);
        }

        var others = all.Where(member => member != welcomer).ToArray();
        var started = await this[welcomer].Rpc.ReInitWelcomeAsync(new()
        {
            ReinitId = reinits[welcomer].Id,
            KeyPackage = { others.Select(member => reinits[member].KeyPackage) },
            ForcePath = forcePath,
            ExternalTree = externalTree,
        });
        started.RatchetTree.IsEmpty.ShouldBe(!externalTree);
        started.EpochAuthenticator.ShouldNotBe(ended.EpochAuthenticator);
        this[welcomer].StateId = started.StateId;
        foreach (var member in others)
        {
            var joined = await NeedingTreeAsync(started.RatchetTree, tree => this[member].Rpc.HandleReInitWelcomeAsync(
                new() { ReinitId = reinits[member].Id, Welcome = started.Welcome, RatchetTree = tree }));
            joined.EpochAuthenticator.ShouldBe(started.EpochAuthenticator, member);
            this[member].StateId = joined.StateId;
        }
    }

    public async Task BranchAsync(string creator, string[] members, bool forcePath = false, bool externalTree = false, params Wire.Extension[] extensions)
    {
        var keyPackages = new List<ByteString>();
        foreach (var member in members)
            keyPackages.Add(await CreateKeyPackageAsync(member));
        var started = await this[creator].Rpc.CreateBranchAsync(new()
        {
            StateId = this[creator].StateId,
            GroupId = ByteString.CopyFromUtf8("a branch"),
            Extensions = { extensions },
            KeyPackages = { keyPackages },
            ForcePath = forcePath,
            ExternalTree = externalTree,
        });
        started.RatchetTree.IsEmpty.ShouldBe(!externalTree);
        this[creator].StateId = started.StateId;
        foreach (var member in members)
        {
            var joined = await NeedingTreeAsync(started.RatchetTree, tree => this[member].Rpc.HandleBranchAsync(
                new() { StateId = this[member].StateId, TransactionId = this[member].TransactionId, Welcome = started.Welcome, RatchetTree = tree }));
            joined.EpochAuthenticator.ShouldBe(started.EpochAuthenticator, member);
            this[member].StateId = joined.StateId;
        }
    }
}
