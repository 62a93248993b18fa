using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Groups.Invitations;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

/// <summary>What a channel's commits may hold, beyond what RFC 9420 lets any group's.</summary>
public sealed class CommitRulesTests : IDisposable
{
    private readonly TestAgent _alice = new();
    private readonly TestAgent _bob = new();
    private MlsGroup _group;

    public CommitRulesTests()
    {
        _group = _alice.NewGroup();
        using var pending = Commit(new AddProposal(_bob.NewBundle().KeyPackage));
        Judge(pending).ShouldBeNull();
        var alone = _group;
        _group = _group.Merge(pending);
        alone.Dispose();
    }

    public void Dispose() => _group.Dispose();

    [Fact]
    public void Members_are_added_and_removed_and_paths_renewed()
    {
        using var nothing = Commit();
        Judge(nothing).ShouldBeNull();
        using var removal = Commit(new RemoveProposal(new LeafIndex(1)));
        Judge(removal).ShouldBeNull();
        using var both = Commit(new RemoveProposal(new LeafIndex(1)), new AddProposal(new TestAgent().NewBundle().KeyPackage));
        Judge(both).ShouldBeNull();
    }

    [Fact]
    public void A_member_is_removed_and_added_again_by_one_commit()
    {
        var again = _bob.NewBundle().KeyPackage;
        using var reAdding = Commit(new RemoveProposal(new LeafIndex(1)), new AddProposal(again));
        Judge(reAdding).ShouldBeNull();
        Should.Throw<MlsException>(() => Commit(new AddProposal(again)));
    }

    [Fact]
    public void A_commit_without_a_path_is_refused()
    {
        using var pending = _group.Commit(
            new CommitRequest { Proposals = [new AddProposal(new TestAgent().NewBundle().KeyPackage)], ForcePath = false }, RandomNumberGenerator.Fill);
        Judge(pending)!.Detail.ShouldContain("path");
    }

    [Fact]
    public void Every_other_proposal_is_refused()
    {
        foreach (var proposal in new Proposal[]
        {
            new ReInitProposal(Opaque.Copy(new byte[32]), ProtocolVersion.Mls10, ChannelSuite.Default.Id, ExtensionList.Empty),
        })
        {
            using var pending = Commit(proposal);
            Judge(pending)!.Detail.ShouldContain($"type {(ushort)proposal.Type}");
        }
    }

    [Fact]
    public void A_new_leaf_whose_credential_is_another_agents_is_refused()
    {
        var impostor = new TestAgent();
        using var pending = Commit(new AddProposal(impostor.NewBundle(AgentLeaf.CredentialOf(_bob.Id)).KeyPackage));
        Judge(pending)!.Detail.ShouldContain("did:key of its signature key");
    }

    [Fact]
    public void A_tree_with_a_leaf_that_is_no_agents_is_refused()
    {
        CommitRules.JudgeTree(_group.Public.Tree).ShouldBeNull();
        var stranger = new TestAgent().NewBundle(AgentLeaf.CredentialOf(_bob.Id)).KeyPackage.LeafNode;
        CommitRules.JudgeTree(new RatchetTree(stranger))!.Code.ShouldBe(ErrorCode.InvalidCommit);
    }

    [Fact]
    public void A_commit_that_names_an_invitation_adds_one_member_and_removes_none()
    {
        Proposal Addition() => new AddProposal(new TestAgent().NewBundle().KeyPackage);
        var admission = Tls.Encode(new Admission(InvitationId.FromBytes([.. Enumerable.Repeat((byte)7, 32)])));
        using var one = CommitWith(admission, Addition());
        Judge(one).ShouldBeNull();
        using var two = CommitWith(admission, Addition(), Addition());
        Judge(two)!.Detail.ShouldContain("names an invitation");
        using var swap = CommitWith(admission, new RemoveProposal(new LeafIndex(1)), Addition());
        Judge(swap)!.Detail.ShouldContain("names an invitation");
        using var none = CommitWith(admission);
        Judge(none)!.Detail.ShouldContain("names an invitation");

        using var cut = CommitWith(new Opaque(admission.Memory[..^1]), Addition());
        Judge(cut)!.Detail.ShouldContain("no admission");
        using var other = CommitWith(Opaque.Copy([2, 1, 2, 3]), Addition(), Addition());
        Judge(other).ShouldBeNull();
    }

    private PendingCommit CommitWith(Opaque authenticatedData, params Proposal[] proposals) =>
        _group.Commit(new CommitRequest { Proposals = [.. proposals], Framing = new FramingOptions { AuthenticatedData = authenticatedData } }, RandomNumberGenerator.Fill);

    private PendingCommit Commit(params Proposal[] proposals) => _group.Commit(new CommitRequest { Proposals = [.. proposals] }, RandomNumberGenerator.Fill);

    private Refusal? Judge(PendingCommit pending)
    {
        var refusal = CommitRules.Judge(_group.Public, _group.Public.Stage(_group.Public.Verify(pending.Commit.PublicMessage!)));
        refusal?.Code.ShouldBe(ErrorCode.InvalidCommit);
        return refusal;
    }
}
