using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

public sealed class GroupLifeTests
{
    public static TheoryData<CipherSuiteId> Suites => new(CipherSuite.All.Keys);

    [Theory]
    [MemberData(nameof(Suites))]
    public void Members_agree_and_talk_through_adds_updates_and_removes(CipherSuiteId suite)
    {
        using var group = TestGroup.Of(CipherSuite.Get(suite), "alice", "bob", "carol");
        group.Observer.Epoch.ShouldBe(new Epoch(1));
        group.ShouldAgree();
        group.ShouldTalk();

        group.Commit(group[1]);
        group.Commit(group[2]);
        group.Commit(group[0]);
        group.ShouldAgree();
        group.ShouldTalk();

        group.Add(group[2], true, "dave", "erin");
        group.ShouldAgree();
        using var bob = group[1];
        group.Remove(group[3], bob);
        group.ShouldAgree();
        group.ShouldTalk();

        group.Add(group[0], true, "frank");
        group.Members[^1].Group.OwnLeaf.ShouldBe(new LeafIndex(1), "the leftmost blank leaf is used again");
        group.Commit(group.Members[^1]);
        group.ShouldAgree();
        group.ShouldTalk();
        group.Observer.Epoch.ShouldBe(new Epoch(8));
    }

    [Fact]
    public void Adds_without_a_path_work_and_the_next_path_heals()
    {
        using var group = TestGroup.Of(TestGroup.Suite, "alice");
        for (var i = 0; i < 6; i++)
        {
            group.Add(group[i / 2], path: false, $"member {i}");
            group.ShouldAgree();
        }
        group.ShouldTalk();
        foreach (var member in group.Members.ToList())
            group.Commit(member);
        group.Add(group[4], path: true, "last");
        group.ShouldAgree();
        group.ShouldTalk();
    }

    [Fact]
    public void A_commit_that_adds_and_removes_at_once_reuses_the_leaf()
    {
        using var group = TestGroup.OfThree();
        using var carol = group[2];
        var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = group[0].Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage), new RemoveProposal(carol.Group.OwnLeaf)] }, TestRandom.Fill);
        group.Members.Remove(carol);
        group.Deliver(group[0], pending);
        dave.Group = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
        group.Members.Add(dave);
        dave.Group.OwnLeaf.ShouldBe(new LeafIndex(2));
        group.ShouldAgree();
        group.ShouldTalk();
    }

    [Fact]
    public void A_removed_member_is_told_and_reads_nothing_afterwards()
    {
        using var group = TestGroup.OfThree();
        using var carol = group[2];
        using var pending = group[0].Group.Commit(new CommitRequest { Proposals = [new RemoveProposal(carol.Group.OwnLeaf)] }, TestRandom.Fill);
        var before = carol.State();
        using var staged = carol.Group.Process(pending.Commit);
        staged.RemovesMe.ShouldBeTrue();
        staged.Public.Removed.ShouldHaveSingleItem().Index.ShouldBe(carol.Group.OwnLeaf);
        carol.Refuses(MlsError.Removed, state => state.Merge(staged));
        carol.State().ShouldBe(before);

        group.Members.Remove(carol);
        group.Deliver(group[0], pending);
        var secret = group[0].Send("without carol");
        carol.Refuses(MlsError.WrongEpoch, state => state.Unprotect(secret));

        // Nor when it claims to be of carol's epoch: the keys differ.
        carol.Refuses(MlsError.DecryptionFailed, state => state.Unprotect(secret with { Epoch = carol.Group.Epoch }));
        using var next = group[1].Group.Commit(new CommitRequest(), TestRandom.Fill);
        carol.Refuses(MlsError.WrongEpoch, state => state.Process(next.Commit));
    }

    [Fact]
    public void New_group_extensions_are_seen_by_all_who_support_them()
    {
        using var group = TestGroup.OfThree();
        var required = new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], [Credentials.CredentialType.Basic])));
        group.Commit(group[1], new GroupContextExtensionsProposal(new ExtensionList(required)));
        group.Observer.Context.Extensions.All.ShouldHaveSingleItem().ShouldBe(required);
        group.ShouldAgree();

        var unknown = new ExtensionList(new Extension((ExtensionType)0xff01, Opaque.Empty));
        group[0].Refuses(MlsError.UnsupportedByLeaf, state => state.Commit(new CommitRequest { Proposals = [new GroupContextExtensionsProposal(unknown)] }, TestRandom.Fill));
    }

    [Fact]
    public void A_psk_that_the_application_gives_enters_the_epoch()
    {
        using var group = TestGroup.OfThree();
        var id = new ExternalPskId(Opaque.Copy("a psk"u8), TestGroup.Suite.Hash("a nonce"u8));
        var proposals = new CommitRequest { Proposals = [new PreSharedKeyProposal(id)] };
        group[0].Refuses(MlsError.UnknownPsk, state => state.Commit(proposals, TestRandom.Fill));

        using var pending = group[0].Group.Commit(proposals with { FindPsk = _ => Secret.Copy("the key"u8) }, TestRandom.Fill);
        group[1].Refuses(MlsError.UnknownPsk, state => state.Process(pending.Commit));
        group[1].Refuses(MlsError.InvalidConfirmationTag, state => state.Process(pending.Commit, new ProcessOptions { FindPsk = _ => Secret.Copy("another key"u8) }));
        using var staged = group[1].Group.Process(pending.Commit, new ProcessOptions { FindPsk = asked => asked == id ? Secret.Copy("the key"u8) : null });
        using var merged = group[1].Group.Merge(staged);
        using var own = group[0].Group.Merge(pending);
        using var theirs = merged.EpochAuthenticator;
        using var ours = own.EpochAuthenticator;
        theirs.FixedTimeEquals(ours).ShouldBeTrue();
    }

    [Fact]
    public void Lifetimes_are_judged_by_whoever_has_a_policy()
    {
        // The key packages of these tests last for ever.
        using var group = TestGroup.OfThree();
        var strict = new LifetimePolicy { Maximum = TimeSpan.FromDays(90) };
        using var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        var request = new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] };
        group[0].Refuses(MlsError.InvalidLifetime, state => state.Commit(request with { Lifetimes = strict }, TestRandom.Fill));
        using var pending = group[0].Group.Commit(request, TestRandom.Fill);
        group[1].Refuses(MlsError.InvalidLifetime, state => state.Process(pending.Commit, new ProcessOptions { Lifetimes = strict }));
        using var staged = group[1].Group.Process(pending.Commit);
        Expect.Refused(MlsError.InvalidLifetime, () => MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions { Lifetimes = strict }));
    }

    [Fact]
    public void An_ordinary_creation_makes_a_group_that_others_can_be_added_to()
    {
        using var alice = new Member(TestGroup.Suite, "alice");
        using var bundle = alice.NewBundle();
        alice.Group = MlsGroup.Create(TestGroup.Suite, Opaque.Copy("plain"u8), alice.Signer, bundle, ExtensionList.Empty, TestRandom.Fill);
        alice.Group.Epoch.ShouldBe(new Epoch(0));
        using var bob = new Member(TestGroup.Suite, "bob");
        using var bobs = bob.NewBundle();
        using var pending = alice.Group.Commit(new CommitRequest { Proposals = [new AddProposal(bobs.KeyPackage)] }, TestRandom.Fill);
        alice.Group = alice.Group.Merge(pending);
        bob.Group = MlsGroup.Join(pending.Welcome!, bobs, bob.Signer, new JoinOptions());
        bob.Read(alice.Send("hello")).ShouldBe("hello");
        alice.Read(bob.Send("hello back")).ShouldBe("hello back");
    }

    [Fact]
    public void Exporters_differ_by_label_context_and_epoch_and_end_at_the_kdfs_limit()
    {
        using var group = TestGroup.OfThree();
        var alice = group[0];
        using var one = alice.Group.Export("label"u8, "context"u8, 32);
        using var otherLabel = alice.Group.Export("label2"u8, "context"u8, 32);
        using var otherContext = alice.Group.Export("label"u8, "context2"u8, 32);
        one.FixedTimeEquals(otherLabel).ShouldBeFalse();
        one.FixedTimeEquals(otherContext).ShouldBeFalse();
        alice.Refuses(MlsError.ExportTooLong, state => state.Export("label"u8, [], 255 * 32 + 1));
        group.Commit(group[1]);
        using var nextEpoch = alice.Group.Export("label"u8, "context"u8, 32);
        one.FixedTimeEquals(nextEpoch).ShouldBeFalse();
    }
}
