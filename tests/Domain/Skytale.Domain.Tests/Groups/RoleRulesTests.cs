using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Groups.Roles;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

/// <summary>Who may do what in a channel: alice made it, bob and carol are members, each with a group of its own.</summary>
public sealed class RoleRulesTests : IDisposable
{
    private readonly TestAgent _alice = new();
    private readonly TestAgent _bob = new();
    private readonly TestAgent _carol = new();
    private MlsGroup _atAlice;
    private MlsGroup _atBob;

    public RoleRulesTests()
    {
        _atAlice = _alice.NewGroup();
        using var bundle = _bob.NewBundle();
        using var pending = Make(_atAlice, new AddProposal(bundle.KeyPackage), new AddProposal(_carol.NewBundle().KeyPackage));
        Judge(_atAlice, pending).ShouldBeNull();
        var alone = _atAlice;
        _atAlice = _atAlice.Merge(pending);
        alone.Dispose();
        _atBob = MlsGroup.Join(pending.Welcome!, bundle, _bob.Signer, new JoinOptions());
    }

    public void Dispose()
    {
        _atAlice.Dispose();
        _atBob.Dispose();
    }

    [Fact]
    public void Members_add_and_do_not_remove()
    {
        using var addition = Make(_atBob, Addition());
        Judge(_atBob, addition).ShouldBeNull();
        using var removal = Make(_atBob, RemovalOf(_carol));
        Judge(_atBob, removal)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        using var both = Make(_atBob, RemovalOf(_carol), Addition());
        Judge(_atBob, both)!.Detail.ShouldContain(_carol.Id.ToString());
    }

    [Fact]
    public void Whoever_is_added_again_by_the_same_commit_is_not_removed()
    {
        using var again = Make(_atBob, RemovalOf(_carol), new AddProposal(_carol.NewBundle().KeyPackage));
        Judge(_atBob, again).ShouldBeNull();
    }

    [Fact]
    public void Admins_remove_members_and_admins_and_no_owner()
    {
        Change(policy => policy.With(_bob.Id, ChannelRole.Admin));
        using var member = Make(_atBob, RemovalOf(_carol));
        Judge(_atBob, member).ShouldBeNull();
        using var owner = Make(_atBob, RemovalOf(_alice));
        Judge(_atBob, owner)!.Detail.ShouldContain("'owner'");
        Change(policy => policy.With(_carol.Id, ChannelRole.Admin));
        using var admin = Make(_atBob, RemovalOf(_carol));
        Judge(_atBob, admin).ShouldBeNull();
    }

    [Fact]
    public void Where_adding_takes_an_admin_members_do_not_add()
    {
        Change(policy => policy.With(new ChannelPermissions(ChannelRole.Admin, ChannelRole.Owner)));
        using var addition = Make(_atBob, Addition());
        Judge(_atBob, addition)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        RoleRules.JudgeAdding(_atBob.Public.Context.Extensions, _bob.Id)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        RoleRules.JudgeAdding(_atBob.Public.Context.Extensions, _alice.Id).ShouldBeNull();
        Change(policy => policy.With(_bob.Id, ChannelRole.Admin));
        using var allowed = Make(_atBob, Addition());
        Judge(_atBob, allowed).ShouldBeNull();
        using var removal = Make(_atBob, RemovalOf(_carol));
        Judge(_atBob, removal)!.Detail.ShouldContain("'owner'");
    }

    [Fact]
    public void Only_owners_change_the_policy_and_an_owner_stays()
    {
        using var takeover = Make(_atBob, ChangeOf(_atBob, policy => policy.With(_bob.Id, ChannelRole.Owner)));
        Judge(_atBob, takeover)!.Code.ShouldBe(ErrorCode.RoleTooLow);
        using var nobody = Make(_atAlice, ChangeOf(_atAlice, policy => policy.With(_alice.Id, ChannelRole.Member)));
        Judge(_atAlice, nobody)!.Detail.ShouldContain("keeps an owner");
        using var stranger = Make(_atAlice, ChangeOf(_atAlice, policy => policy.With(_alice.Id, ChannelRole.Member).With(new TestAgent().Id, ChannelRole.Owner)));
        Judge(_atAlice, stranger)!.Detail.ShouldContain("keeps an owner");
        using var handOver = Make(_atAlice, ChangeOf(_atAlice, policy => policy.With(_bob.Id, ChannelRole.Owner).With(_alice.Id, ChannelRole.Member)));
        Judge(_atAlice, handOver).ShouldBeNull();
    }

    [Fact]
    public void What_a_commit_changes_is_judged_by_the_policy_before_it()
    {
        Change(policy => policy.With(new ChannelPermissions(ChannelRole.Owner, ChannelRole.Owner)));
        using var both = Make(_atBob, ChangeOf(_atBob, policy => policy.With(_bob.Id, ChannelRole.Owner)), Addition());
        Judge(_atBob, both)!.Code.ShouldBe(ErrorCode.RoleTooLow);
    }

    [Fact]
    public void Nothing_but_the_policy_changes_with_it()
    {
        ChannelName.TryParse("org/team/other", out var other).ShouldBeTrue();
        using var renamed = Make(_atAlice, new GroupContextExtensionsProposal(ChannelExtension.ListFor(other, _alice.Id)));
        Judge(_atAlice, renamed)!.Detail.ShouldContain("the policy alone");
        var extensions = _atAlice.Public.Context.Extensions;
        using var without = Make(_atAlice, new GroupContextExtensionsProposal(new ExtensionList([.. extensions.All.Where(extension => extension.Type != ChannelPolicy.Type)])));
        Judge(_atAlice, without)!.Detail.ShouldContain("the policy alone");
    }

    [Fact]
    public void A_role_that_was_left_behind_comes_back_by_an_owner_alone()
    {
        Change(policy => policy.With(_carol.Id, ChannelRole.Admin));
        using var removal = Make(_atAlice, RemovalOf(_carol));
        Follow(removal);
        using var addition = Make(_atBob, new AddProposal(_carol.NewBundle().KeyPackage));
        Judge(_atBob, addition)!.Detail.ShouldContain("had a role");
        using var byOwner = Make(_atAlice, new AddProposal(_carol.NewBundle().KeyPackage));
        Judge(_atAlice, byOwner).ShouldBeNull();
    }

    [Fact]
    public void A_policy_has_one_spelling()
    {
        var policy = ChannelPolicy.Of(_alice.Id).With(_bob.Id, ChannelRole.Admin);
        var encoded = Tls.Encode(policy);
        Tls.Encode(Tls.Decode<ChannelPolicy>(encoded)).ShouldBe(encoded);
        Tls.Encode(policy.With(_bob.Id, ChannelRole.Member)).ShouldBe(Tls.Encode(ChannelPolicy.Of(_alice.Id)));

        var bytes = encoded.Span.ToArray();
        const int First = 4; // Two roles, and the length of 66 bytes in two.
        byte[] swapped = [.. bytes[..First], .. bytes[(First + 33)..], .. bytes[First..(First + 33)]];
        byte[] twice = [.. bytes[..First], .. bytes[First..(First + 33)], .. bytes[First..(First + 33)]];
        byte[] noRole = [.. bytes];
        noRole[First + 32] = 0;
        byte[] unknown = [.. bytes];
        unknown[0] = 3;
        foreach (var bad in new[] { swapped, twice, noRole, unknown, bytes[..^1], [.. bytes, 0] })
            Should.Throw<MlsException>(() => ChannelPolicy.In(new ExtensionList(new Extension(ChannelPolicy.Type, Opaque.Copy(bad))))).Error.ShouldBe(MlsError.InvalidExtension);
    }

    private static AddProposal Addition() => new(new TestAgent().NewBundle().KeyPackage);

    private RemoveProposal RemovalOf(TestAgent agent) => new(_atAlice.Public.Members.First(member => AgentLeaf.Identify(member.Leaf) == agent.Id).Index);

    private static GroupContextExtensionsProposal ChangeOf(MlsGroup group, Func<ChannelPolicy, ChannelPolicy> change)
    {
        var extensions = group.Public.Context.Extensions;
        return new GroupContextExtensionsProposal(change(ChannelPolicy.In(extensions)!).Into(extensions));
    }

    private void Change(Func<ChannelPolicy, ChannelPolicy> change)
    {
        using var pending = Make(_atAlice, ChangeOf(_atAlice, change));
        Follow(pending);
    }

    private void Follow(PendingCommit pending)
    {
        Judge(_atAlice, pending).ShouldBeNull();
        using var staged = _atBob.Process(pending.Commit.PublicMessage!, new ProcessOptions());
        var (alice, bob) = (_atAlice, _atBob);
        (_atAlice, _atBob) = (alice.Merge(pending), bob.Merge(staged));
        alice.Dispose();
        bob.Dispose();
    }

    private static PendingCommit Make(MlsGroup group, params Proposal[] proposals) => group.Commit(new CommitRequest { Proposals = [.. proposals] }, RandomNumberGenerator.Fill);

    private static Refusal? Judge(MlsGroup group, PendingCommit pending) =>
        CommitRules.Judge(group.Public, group.Public.Stage(group.Public.Verify(pending.Commit.PublicMessage!)));
}
