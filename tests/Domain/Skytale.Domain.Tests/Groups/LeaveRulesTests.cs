using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Groups.Invitations;
using Skytale.Groups.Roles;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

/// <summary>Who may leave a channel, and what the commit may hold that lets it: alice made it, bob and carol are members.</summary>
public sealed class LeaveRulesTests : IDisposable
{
    private readonly TestAgent[] _agents = [new(), new(), new()];
    private readonly MlsGroup[] _groups;

    public LeaveRulesTests()
    {
        var alone = _agents[0].NewGroup();
        using var bob = _agents[1].NewBundle();
        using var carol = _agents[2].NewBundle();
        using var pending = alone.Commit(new CommitRequest { Proposals = [new AddProposal(bob.KeyPackage), new AddProposal(carol.KeyPackage)] }, RandomNumberGenerator.Fill);
        _groups = [alone.Merge(pending), MlsGroup.Join(pending.Welcome!, bob, _agents[1].Signer, new JoinOptions()), MlsGroup.Join(pending.Welcome!, carol, _agents[2].Signer, new JoinOptions())];
        alone.Dispose();
    }

    public void Dispose()
    {
        foreach (var group in _groups)
            group.Dispose();
    }

    [Fact]
    public void Any_member_lets_another_leave_and_needs_no_role_for_it()
    {
        Ask(1);
        using var commit = Commit(2);
        Judge(2, commit).ShouldBeNull();
        LeaveRules.LeftBy(Stage(2, commit)).ShouldBe([_agents[1].Id]);
        LeaveRules.LeftBy(_groups[2].Public, commit.Commit).ShouldBe([_agents[1].Id]);
    }

    [Fact]
    public void Beside_it_the_role_counts_as_ever()
    {
        Ask(1);
        using var removal = Commit(2, new RemoveProposal(_groups[0].OwnLeaf));
        Judge(2, removal)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        using var addition = Commit(2, new AddProposal(new TestAgent().NewBundle().KeyPackage));
        Judge(2, addition).ShouldBeNull();
        using var renewal = Commit(2);
        Judge(2, renewal).ShouldBeNull();
    }

    [Fact]
    public void Who_leaves_is_not_added_again_by_whoever_may_not_add()
    {
        Change(policy => policy.With(new ChannelPermissions(ChannelRole.Owner, ChannelRole.Owner)));
        Ask(1);
        using var again = Commit(2, new AddProposal(_agents[1].NewBundle().KeyPackage));
        Judge(2, again)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        using var byOwner = Commit(0, new AddProposal(_agents[1].NewBundle().KeyPackage));
        Judge(0, byOwner).ShouldBeNull();
    }

    [Fact]
    public void A_commit_that_admits_somebody_may_let_another_leave()
    {
        Ask(1);
        var admission = FramingOptions.Default with { AuthenticatedData = Tls.Encode(new Admission(InvitationId.FromBytes(new byte[32]))) };
        using var commit = Commit(0, new CommitRequest { Framing = admission, Proposals = [new AddProposal(new TestAgent().NewBundle().KeyPackage)] });
        Judge(0, commit).ShouldBeNull();
        using var removal = Commit(
            0, new CommitRequest { Framing = admission, Proposals = [new AddProposal(new TestAgent().NewBundle().KeyPackage), new RemoveProposal(_groups[2].OwnLeaf)] });
        Judge(0, removal)!.Code.ShouldBe(ErrorCode.InvalidCommit);
    }

    [Fact]
    public void Of_the_owners_one_stays()
    {
        LeaveRules.Judge(_groups[0].Public, _groups[0].OwnLeaf)!.Code.ShouldBe(ErrorCode.OwnerNeeded);
        LeaveRules.Judge(_groups[1].Public, _groups[1].OwnLeaf).ShouldBeNull();
        Change(policy => policy.With(_agents[1].Id, ChannelRole.Owner));
        Ask(0);
        LeaveRules.Judge(_groups[2].Public, _groups[1].OwnLeaf)!.Code.ShouldBe(ErrorCode.OwnerNeeded);
        LeaveRules.Judge(_groups[2].Public, _groups[2].OwnLeaf).ShouldBeNull();
    }

    [Fact]
    public void A_commit_that_would_leave_no_owner_is_refused_whatever_was_kept()
    {
        Ask(0);
        using var commit = Commit(2);
        Judge(2, commit)!.Detail.ShouldContain("keeps an owner");
        Change(policy => policy.With(_agents[1].Id, ChannelRole.Owner));
        Ask(0);
        using var stepsDown = Commit(1, ChangeOf(1, policy => policy.With(_agents[1].Id, ChannelRole.Member)));
        Judge(1, stepsDown)!.Detail.ShouldContain("keeps an owner");
        using var stays = Commit(1);
        Judge(1, stays).ShouldBeNull();
    }

    [Fact]
    public void Whoever_is_alone_leaves()
    {
        using var alone = _agents[0].NewGroup();
        LeaveRules.Judge(alone.Public, alone.OwnLeaf).ShouldBeNull();
    }

    [Fact]
    public void Where_a_member_does_not_know_leaving_only_that_member_leaves()
    {
        var old = new TestAgent();
        var options = AgentKeyPackages.OptionsFor(TestAgent.Now);
        using var bundle = KeyPackageBundle.Create(
            ChannelSuite.Default, old.Signer, AgentLeaf.CredentialOf(old.Id), options with { Capabilities = options.Capabilities with { Proposals = [] } }, RandomNumberGenerator.Fill);
        using var pending = _groups[0].Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, RandomNumberGenerator.Fill);
        using var group = _groups[0].Merge(pending);
        var joined = group.Public.Members.Single(member => AgentLeaf.Identify(member.Leaf) == old.Id).Index;

        LeaveRules.Judge(group.Public, _groups[1].OwnLeaf)!.Detail.ShouldContain(old.Id.ToString());
        LeaveRules.Judge(group.Public, joined).ShouldBeNull();
    }

    [Fact]
    public void Nothing_else_is_proposed_by_itself()
    {
        LeaveRules.Judge(_groups[0].Public, Propose(1, new SelfRemoveProposal())).ShouldBeNull();
        LeaveRules.Judge(_groups[0].Public, Propose(1, new RemoveProposal(_groups[2].OwnLeaf)))!.Code.ShouldBe(ErrorCode.InvalidProposal);
        var withData = _groups[1].Propose(new SelfRemoveProposal(), FramingOptions.Default with { AuthenticatedData = new Opaque(new byte[] { 1 }) }, RandomNumberGenerator.Fill);
        LeaveRules.Judge(_groups[0].Public, withData.Message.PublicMessage!)!.Code.ShouldBe(ErrorCode.InvalidProposal);
    }

    private PublicMessage Propose(int agent, Proposal proposal) => _groups[agent].Propose(proposal, FramingOptions.Default, RandomNumberGenerator.Fill).Message.PublicMessage!;

    /// <summary>One asks to leave, and all keep that.</summary>
    private void Ask(int agent)
    {
        var leave = Propose(agent, new SelfRemoveProposal());
        foreach (var group in _groups)
            group.Receive(leave);
    }

    private PendingCommit Commit(int agent, params Proposal[] proposals) => Commit(agent, new CommitRequest { Proposals = [.. proposals] });

    private PendingCommit Commit(int agent, CommitRequest request) =>
        _groups[agent].Commit(request with { References = [.. _groups[agent].Proposals.Select(kept => kept.Reference)] }, RandomNumberGenerator.Fill);

    private Mls.PublicGroups.StagedPublicCommit Stage(int agent, PendingCommit pending) => _groups[agent].Public.Stage(_groups[agent].Public.Verify(pending.Commit.PublicMessage!));

    private Refusal? Judge(int agent, PendingCommit pending) => CommitRules.Judge(_groups[agent].Public, Stage(agent, pending));

    private GroupContextExtensionsProposal ChangeOf(int agent, Func<ChannelPolicy, ChannelPolicy> change)
    {
        var extensions = _groups[agent].Public.Context.Extensions;
        return new GroupContextExtensionsProposal(change(ChannelPolicy.In(extensions)!).Into(extensions));
    }

    /// <summary>Alice changes the policy, in a commit that holds nothing else; wishes to leave are over with it.</summary>
    private void Change(Func<ChannelPolicy, ChannelPolicy> change)
    {
        using var pending = _groups[0].Commit(new CommitRequest { Proposals = [ChangeOf(0, change)] }, RandomNumberGenerator.Fill);
        Judge(0, pending).ShouldBeNull();
        for (var agent = 0; agent < _groups.Length; agent++)
        {
            var before = _groups[agent];
            using var staged = agent == 0 ? null : before.Process(pending.Commit.PublicMessage!, new ProcessOptions());
            _groups[agent] = staged is null ? before.Merge(pending) : before.Merge(staged);
            before.Dispose();
        }
    }
}
