using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Fault 16: a Welcome to a group that claims to continue another, and does not.</summary>
public sealed class ContinuationFaults : IDisposable
{
    private static readonly CipherSuite Other = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519);

    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly List<IDisposable> _owned = [];

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    [Fault(16)]
    public void The_psk_of_a_continuation_is_the_only_one_of_its_kind()
    {
        EndByReInit();
        var again = new ForgedContinuation { Links = link => [link, link with { Nonce = ForgedGroup.Tag() }] };
        var both = new ForgedContinuation { Links = link => [link, link with { PskEpoch = link.PskEpoch.Next }] };
        Refuses(MlsError.InvalidPsk, again);
        Refuses(MlsError.InvalidPsk, both);
        Accepts(new ForgedContinuation());
    }

    [Fact]
    [Fault(16)]
    public void A_continuation_is_at_epoch_one()
    {
        EndByReInit();
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { CommitsBefore = 1 });
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { CommitsBefore = 2 });
    }

    [Fact]
    [Fault(16)]
    public void A_continuation_names_the_group_and_the_epoch_that_it_continues()
    {
        EndByReInit();
        Refuses(MlsError.UnknownPsk, new ForgedContinuation { Links = link => [link with { PskGroupId = Opaque.Copy("another"u8) }] });
        Refuses(MlsError.UnknownPsk, new ForgedContinuation { Links = link => [link with { PskEpoch = new Epoch(1) }] });
    }

    [Fact]
    [Fault(16)]
    public void A_reinitialised_group_is_the_one_that_the_reinit_names()
    {
        EndByReInit();
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { GroupId = Opaque.Copy("another"u8) });
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { Suite = Other });
        Refuses(MlsError.NotAContinuation, new ForgedContinuation
        {
            Extensions = new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], [])))),
        });
    }

    [Fact]
    [Fault(16)]
    public void A_reinitialised_group_has_all_the_members_of_the_old_one()
    {
        EndByReInit();
        Refuses(MlsError.NotAContinuation, new ForgedContinuation(), "alice");
        Refuses(MlsError.NotAContinuation, new ForgedContinuation(), "alice", "dave");
    }

    [Fact]
    [Fault(16)]
    [Fault(24)]
    public void A_reinit_to_a_version_that_is_not_spoken_here_leads_to_no_group()
    {
        _group.Commit(Alice, new ReInitProposal(Opaque.Copy("next"u8), (ProtocolVersion)2, TestGroup.Suite.Id, ExtensionList.Empty));
        var (bob, alice) = (New("bob", TestGroup.Suite), New("alice", TestGroup.Suite));
        var request = new SubgroupRequest { OwnLeaf = bob.Bundle, Signer = bob.Member.Signer, Members = [alice.Bundle.KeyPackage] };
        Bob.Refuses(MlsError.UnsupportedVersion, old => old.Reinitialize(request, TestRandom.Fill));
        Refuses(MlsError.NotAContinuation, new ForgedContinuation());
    }

    [Fact]
    [Fault(16)]
    public void A_group_that_no_reinit_ended_is_not_reinitialised() => Refuses(MlsError.NotAContinuation, new ForgedContinuation());

    [Fact]
    [Fault(16)]
    public void A_branch_has_the_suite_of_its_group()
    {
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { Usage = ResumptionPskUsage.Branch, Suite = Other });
        Accepts(new ForgedContinuation { Usage = ResumptionPskUsage.Branch });
    }

    [Fact]
    [Fault(16)]
    public void A_branch_has_no_members_who_are_not_its_groups()
    {
        Refuses(MlsError.NotAContinuation, new ForgedContinuation { Usage = ResumptionPskUsage.Branch }, "alice", "mallory");
        Accepts(new ForgedContinuation { Usage = ResumptionPskUsage.Branch }, "alice");
    }

    public void Dispose()
    {
        _group.Dispose();
        _owned.ForEach(owned => owned.Dispose());
    }

    private void EndByReInit() => _group.Commit(Alice, new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty));

    // Bob starts the new group; alice, who is the first of the others, is who judges it.
    private void Refuses(MlsError error, ForgedContinuation forgery, params string[] others)
    {
        var (welcome, alice) = Start(forgery, others);
        Alice.Refuses(error, old => Join(welcome, alice, old));
    }

    private void Accepts(ForgedContinuation forgery, params string[] others)
    {
        var (welcome, alice) = Start(forgery, others);
        using var joined = Join(welcome, alice, Alice.Group);
        joined.Epoch.ShouldBe(new Epoch(1));
    }

    private (Welcome Welcome, (Member Member, KeyPackageBundle Bundle) Alice) Start(ForgedContinuation forgery, string[] others)
    {
        var joiners = (others.Length > 0 ? others : ["alice", "carol"]).Select(name => New(name, forgery.Suite)).ToArray();
        return (forgery.By(Bob.Group, New("bob", forgery.Suite), joiners), joiners[0]);
    }

    private static MlsGroup Join(Welcome welcome, (Member Member, KeyPackageBundle Bundle) joiner, MlsGroup old) =>
        MlsGroup.Join(welcome, joiner.Bundle, joiner.Member.Signer, new JoinOptions { Continues = old });

    private (Member Member, KeyPackageBundle Bundle) New(string name, CipherSuite suite)
    {
        var member = new Member(suite, name);
        var bundle = member.NewBundle();
        _owned.AddRange([member, bundle]);
        return (member, bundle);
    }
}
