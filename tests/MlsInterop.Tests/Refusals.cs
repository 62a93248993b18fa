using Google.Protobuf;
using Grpc.Core;
using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

/// <summary>What is asked wrongly is answered with the status that says so, and the server goes on.</summary>
public sealed class Refusals(TwoServers servers)
{
    private const uint Nowhere = uint.MaxValue;

    private readonly Wire.MLSClient.MLSClientClient _rpc = servers.Client(0);

    [Fact(Timeout = 60_000)]
    public async Task The_server_tells_what_it_is()
    {
        (await _rpc.NameAsync(new())).Name.ShouldBe("Skytale");
        (await _rpc.SupportedCiphersuitesAsync(new())).Ciphersuites.ShouldContain(1u);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ids_that_are_not_there_are_not_found()
    {
        await Refused(StatusCode.NotFound, _rpc.StateAuthAsync(new() { StateId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.JoinGroupAsync(new() { TransactionId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.StorePSKAsync(new() { StateOrTransactionId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.CommitAsync(new() { StateId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.ReInitWelcomeAsync(new() { ReinitId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.ExternalSignerProposalAsync(new() { SignerId = Nowhere }));
        await Refused(StatusCode.NotFound, _rpc.FreeAsync(new() { StateId = Nowhere }));

        // The id of another kind is none.
        var transaction = await _rpc.CreateKeyPackageAsync(new() { CipherSuite = 1, Identity = ByteString.CopyFromUtf8("alice") });
        await Refused(StatusCode.NotFound, _rpc.StateAuthAsync(new() { StateId = transaction.TransactionId }));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_state_that_was_freed_is_gone()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice");
        await _rpc.FreeAsync(new() { StateId = script["alice"].StateId });
        await Refused(StatusCode.NotFound, _rpc.StateAuthAsync(new() { StateId = script["alice"].StateId }));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_group_goes_on_by_its_ReInit_when_the_old_states_are_freed()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice", "bob");
        var proposal = await script.ProposeReInitAsync("alice", script.GroupId, 1);
        await script.ReInitAsync(proposal, "alice", "alice", ["bob"], freeOld: true);
        await script.AgreeAsync("alice", "bob");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_the_library_refuses_is_named()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice");
        var id = script["alice"].StateId;
        await Refused(StatusCode.InvalidArgument, _rpc.CreateGroupAsync(new() { CipherSuite = 99 }), "UnsupportedCipherSuite");
        await Refused(StatusCode.InvalidArgument, _rpc.CreateGroupAsync(new() { CipherSuite = 65_537 }), "UnsupportedCipherSuite");
        await Refused(StatusCode.InvalidArgument, _rpc.AddProposalAsync(new() { StateId = id, KeyPackage = ByteString.CopyFrom(0) }), "Truncated");
        await Refused(StatusCode.InvalidArgument, _rpc.RemoveProposalAsync(new() { StateId = id, RemovedId = ByteString.CopyFromUtf8("nobody") }));
        await Refused(StatusCode.InvalidArgument, _rpc.ExportAsync(new() { StateId = id, KeyLength = 1_000_000 }), "ExportTooLong");
        await Refused(StatusCode.InvalidArgument, _rpc.CommitAsync(new() { StateId = id, ByValue = { new Wire.ProposalDescription { ProposalType = ByteString.CopyFromUtf8("update") } } }));
        await Refused(StatusCode.InvalidArgument, _rpc.CommitAsync(new() { StateId = id, ByValue = { Script.PastEpoch(7) } }), "UnknownPsk");
        await Refused(StatusCode.InvalidArgument, _rpc.ExternalJoinAsync(new() { GroupInfo = await script.CreateKeyPackageAsync("alice") }), "WrongWireFormat");
        await script.CommitAsync("alice", new());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_long_name_is_refused_in_few_words()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice");
        var (id, name) = (script["alice"].StateId, ByteString.CopyFrom(new byte[300_000]));
        await Refused(StatusCode.InvalidArgument, _rpc.RemoveProposalAsync(new() { StateId = id, RemovedId = name }), "no member");
        await Refused(StatusCode.InvalidArgument, _rpc.CommitAsync(new() { StateId = id, ByValue = { new Wire.ProposalDescription { ProposalType = name } } }), "no proposal type");
        await Refused(StatusCode.InvalidArgument, _rpc.CommitAsync(new() { StateId = id, ByValue = { new Wire.ProposalDescription { ProposalType = ByteString.CopyFromUtf8("externalPSK"), PskId = name } } }), "UnknownPsk");
    }

    [Fact(Timeout = 60_000)]
    public async Task What_does_not_apply_now_is_a_failed_precondition()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice", "bob");
        var (alice, bob) = (script["alice"], script["bob"]);
        await Refused(StatusCode.FailedPrecondition, alice.Rpc.HandlePendingCommitAsync(new() { StateId = alice.StateId }));

        var commit = await alice.Rpc.CommitAsync(new() { StateId = alice.StateId, ByValue = { script.Remove("bob") } });
        await Refused(StatusCode.FailedPrecondition, alice.Rpc.HandlePendingReInitCommitAsync(new() { StateId = alice.StateId }));
        await Refused(StatusCode.FailedPrecondition, bob.Rpc.HandleCommitAsync(new() { StateId = bob.StateId, Commit = commit.Commit }), "Removed");
        await script.AgreeAsync("alice", "bob");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_committer_may_be_handed_its_own_commit()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice", "bob");
        var commit = await script["alice"].Rpc.CommitAsync(new() { StateId = script["alice"].StateId });
        var handled = await script["alice"].Rpc.HandleCommitAsync(new() { StateId = script["alice"].StateId, Commit = commit.Commit });
        await script.HandleAsync("bob", [], commit.Commit, handled.EpochAuthenticator);
        await script.AgreeAsync("alice", "bob");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_commit_that_lost_is_dropped()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice", "bob");
        await script["alice"].Rpc.CommitAsync(new() { StateId = script["alice"].StateId });
        await script.CommitAsync("bob", new() { Members = ["alice"] });
        await Refused(StatusCode.FailedPrecondition, script["alice"].Rpc.HandlePendingCommitAsync(new() { StateId = script["alice"].StateId }));
        await script.AgreeAsync("alice", "bob");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_proposal_may_be_handed_over_twice(bool encrypt)
    {
        var script = new Script(servers, 1, encrypt);
        await script.CreateGroupAsync("alice", "bob", "carol");
        var update = await script.ProposeUpdateAsync("bob");
        await script["alice"].Rpc.CommitAsync(new() { StateId = script["alice"].StateId, ByReference = { update } });
        await script.CommitAsync("carol", new() { ByReference = [update], Members = ["alice", "bob"] });
        await script.AgreeAsync("alice", "bob", "carol");
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_is_sent_in_a_group_that_ended()
    {
        var script = new Script(servers, 1, false);
        await script.CreateGroupAsync("alice");
        var proposal = await script.ProposeReInitAsync("alice", script.GroupId, 1);
        await script["alice"].Rpc.ReInitCommitAsync(new() { StateId = script["alice"].StateId, ByReference = { proposal } });
        await script["alice"].Rpc.HandlePendingReInitCommitAsync(new() { StateId = script["alice"].StateId });
        await Refused(StatusCode.FailedPrecondition, script["alice"].Rpc.CommitAsync(new() { StateId = script["alice"].StateId }), "GroupEnded");
    }

    private static async Task Refused<T>(StatusCode code, AsyncUnaryCall<T> call, string because = "")
    {
        var refusal = await Should.ThrowAsync<RpcException>(async () => await call);
        refusal.StatusCode.ShouldBe(code, refusal.Status.Detail);
        refusal.Status.Detail.ShouldContain(because);
    }
}
