using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Tests.Groups;

/// <summary>§11.2, §11.3: groups that continue another.</summary>
public sealed class ContinuingTests : IDisposable
{
    private static readonly CipherSuite NextSuite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519);

    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly List<IDisposable> _owned = [];

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    public void A_group_ends_by_a_reinit_and_goes_on_with_another_suite()
    {
        EndByReInit();
        Alice.Refuses(MlsError.GroupEnded, state => state.Commit(new CommitRequest(), TestRandom.Fill));
        Alice.Refuses(MlsError.GroupEnded, state => state.Protect("late"u8, [], 0, TestRandom.Fill));
        Alice.Refuses(MlsError.GroupEnded, state => state.Propose(new RemoveProposal(Bob.Group.OwnLeaf), FramingOptions.Default, TestRandom.Fill));
        Bob.Restart();
        Bob.Group.ReInit.ShouldNotBeNull("it is part of the state");

        var (alice, bob, carol) = (Next("alice"), Next("bob"), Next("carol"));
        var start = Bob.Group.Reinitialize(Request(bob, alice, carol), TestRandom.Fill);
        using var bobs = start.Group;
        using var alices = Join(start, alice, Alice.Group);
        using var carols = Join(start, carol, Carol.Group);
        alices.Epoch.ShouldBe(new Epoch(1));
        alices.GroupId.ShouldBe(Opaque.Copy("next"u8));
        alices.Suite.ShouldBe(NextSuite);
        using var message = alices.Unprotect(bobs.Protect("on"u8, [], 0, TestRandom.Fill));
        message.Plaintext.Span.SequenceEqual("on"u8).ShouldBeTrue();
    }

    [Fact]
    [Fault(16)]
    public void A_group_without_all_members_of_the_ended_one_is_not_its_continuation()
    {
        EndByReInit();
        var (alice, bob) = (Next("alice"), Next("bob"));
        Expect.Refused(MlsError.NotAContinuation, () => Bob.Group.Reinitialize(Request(bob, alice), TestRandom.Fill));

        // Made by somebody who does not care, it is refused by whoever joins.
        var start = Bob.Group.Reinitialize(Request(bob, alice) with { SameMember = (_, _) => true }, TestRandom.Fill);
        using var bobs = start.Group;
        Refused(MlsError.NotAContinuation, start, alice, new JoinOptions { Continues = Alice.Group });
    }

    [Fact]
    [Fault(16)]
    public void A_welcome_that_continues_a_group_is_judged_against_that_group_alone()
    {
        EndByReInit();
        var (alice, bob, carol) = (Next("alice"), Next("bob"), Next("carol"));
        var start = Bob.Group.Reinitialize(Request(bob, alice, carol), TestRandom.Fill);
        using var bobs = start.Group;
        Refused(MlsError.InvalidPsk, start, alice, new JoinOptions());
        using var stranger = TestGroup.Of(TestGroup.Suite, "alice", "bob", "carol");
        Refused(MlsError.UnknownPsk, start, alice, new JoinOptions { Continues = stranger[0].Group });
    }

    [Fact]
    [Fault(16)]
    public void A_plain_welcome_is_no_continuation()
    {
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        Expect.Refused(MlsError.NotAContinuation, () => MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions { Continues = Bob.Group }));
    }

    [Fact]
    public void Some_members_branch_off()
    {
        var (alice, carol) = (Next("alice", TestGroup.Suite), Next("carol", TestGroup.Suite));
        var start = Alice.Group.Branch(Opaque.Copy("branch"u8), Request(alice, carol), TestRandom.Fill);
        using var alices = start.Group;
        using var carols = Join(start, carol, Carol.Group);
        using var message = carols.Unprotect(alices.Protect("us two"u8, [], 0, TestRandom.Fill));
        message.Plaintext.Span.SequenceEqual("us two"u8).ShouldBeTrue();
        _group.Commit(Bob);
        _group.ShouldTalk();

        // The PSK is that of the epoch it branched from.
        Expect.Refused(MlsError.UnknownPsk, () => Join(start, carol, Carol.Group));
    }

    [Fact]
    [Fault(16)]
    public void A_branch_holds_no_strangers()
    {
        var (alice, dave) = (Next("alice", TestGroup.Suite), Next("dave", TestGroup.Suite));
        Expect.Refused(MlsError.NotAContinuation, () => Alice.Group.Branch(Opaque.Copy("branch"u8), Request(alice, dave), TestRandom.Fill));
    }

    [Theory]
    [Fault(24)]
    [InlineData(ResumptionPskUsage.ReInit)]
    [InlineData(ResumptionPskUsage.Branch)]
    public void A_psk_that_continues_a_group_has_no_place_in_an_ordinary_commit(ResumptionPskUsage usage)
    {
        var psk = new PreSharedKeyProposal(new ResumptionPskId(usage, Alice.Group.GroupId, Alice.Group.Epoch, Opaque.Copy(new byte[32])));
        Alice.Refuses(MlsError.InvalidPsk, state => state.Commit(new CommitRequest { Proposals = [psk], FindPsk = _ => Secret.Copy("key"u8) }, TestRandom.Fill));
        Alice.Refuses(MlsError.InvalidPsk, state => state.Propose(psk, FramingOptions.Default, TestRandom.Fill));
    }

    [Fact]
    public void Only_an_ended_group_is_reinitialised() =>
        Should.Throw<InvalidOperationException>(() => Alice.Group.Reinitialize(Request(Next("alice")), TestRandom.Fill));

    public void Dispose()
    {
        _group.Dispose();
        _owned.ForEach(owned => owned.Dispose());
    }

    private void EndByReInit()
    {
        var reInit = _group.Propose(Alice, new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, NextSuite.Id, ExtensionList.Empty));
        using var pending = Carol.Group.Commit(new CommitRequest { References = [reInit], ForcePath = false }, TestRandom.Fill);
        _group.Deliver(Carol, pending);
        _group.ShouldAgree();
    }

    private (Member Member, KeyPackageBundle Bundle) Next(string name, CipherSuite? suite = null)
    {
        var member = new Member(suite ?? NextSuite, name);
        var bundle = member.NewBundle();
        _owned.AddRange([member, bundle]);
        return (member, bundle);
    }

    private static SubgroupRequest Request((Member Member, KeyPackageBundle Bundle) own, params (Member Member, KeyPackageBundle Bundle)[] others) => new()
    {
        OwnLeaf = own.Bundle,
        Signer = own.Member.Signer,
        Members = [.. others.Select(other => other.Bundle.KeyPackage)],
    };

    private static MlsGroup Join(GroupStart start, (Member Member, KeyPackageBundle Bundle) joiner, MlsGroup old) =>
        MlsGroup.Join(TestGroup.OverTheWire(start.Welcome!), joiner.Bundle, joiner.Member.Signer, new JoinOptions { Continues = old });

    private static void Refused(MlsError error, GroupStart start, (Member Member, KeyPackageBundle Bundle) joiner, JoinOptions options) =>
        Expect.Refused(error, () => MlsGroup.Join(start.Welcome!, joiner.Bundle, joiner.Member.Signer, options));
}
