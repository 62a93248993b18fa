using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Tests.Groups;

/// <summary>A group with its members, and one who follows it without a secret, as the Delivery Service does.</summary>
internal sealed class TestGroup : IDisposable
{
    public static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    private TestGroup(CipherSuite suite, Member creator, PublicGroup observer)
    {
        ThisSuite = suite;
        Members = [creator];
        Observer = observer;
    }

    public CipherSuite ThisSuite { get; }

    public List<Member> Members { get; }

    public PublicGroup Observer { get; }

    public Member this[int index] => Members[index];

    /// <summary>The first creates the group by a Welcome to itself and adds the others in one commit.</summary>
    public static TestGroup Of(CipherSuite suite, params string[] names)
    {
        var creator = new Member(suite, names[0]);
        using var bundle = creator.NewBundle();
        var creation = MlsGroup.CreateWithWelcome(Opaque.Copy("a group"u8), bundle, creator.Signer, ExtensionList.Empty, TestRandom.Fill);
        creator.Group = MlsGroup.Join(creation.Welcome, bundle, creator.Signer, new JoinOptions());
        var group = new TestGroup(suite, creator, PublicGroup.FromGroupInfo(creation.GroupInfo));
        if (names.Length > 1)
            group.Add(creator, true, names[1..]);
        return group;
    }

    public static TestGroup OfThree() => Of(Suite, "alice", "bob", "carol");

    /// <summary>Adds clients in one commit; they join by its Welcome.</summary>
    public void Add(Member committer, bool path, params string[] names)
    {
        var joiners = names.Select(name => new Member(ThisSuite, name)).ToList();
        var bundles = joiners.Select(joiner => joiner.NewBundle()).ToList();
        using var pending = committer.Group.Commit(
            new CommitRequest { Proposals = [.. bundles.Select(bundle => new AddProposal(bundle.KeyPackage))], ForcePath = path }, TestRandom.Fill);
        Deliver(committer, pending);
        for (var i = 0; i < joiners.Count; i++)
        {
            joiners[i].Group = MlsGroup.Join(OverTheWire(pending.Welcome!), bundles[i], joiners[i].Signer, new JoinOptions());
            bundles[i].Dispose();
        }
        Members.AddRange(joiners);
    }

    /// <summary>Commits proposals by value; everybody goes on to the next epoch.</summary>
    public void Commit(Member committer, params Proposal[] proposals)
    {
        using var pending = committer.Group.Commit(new CommitRequest { Proposals = [.. proposals] }, TestRandom.Fill);
        Deliver(committer, pending);
    }

    public void Remove(Member committer, Member removed)
    {
        Members.Remove(removed);
        Commit(committer, new RemoveProposal(removed.Group.OwnLeaf));
    }

    /// <summary>The observer checks and follows, the others process, the committer merges.</summary>
    public void Deliver(Member committer, PendingCommit pending)
    {
        var commit = OverTheWire(pending.Commit);
        var staged = Observer.Stage(Observer.Verify(commit));
        Observer.VerifyGroupInfo(staged, pending.GroupInfo);
        Observer.Merge(staged);
        foreach (var member in Members.Where(member => member != committer))
        {
            using var processed = member.Group.Process(commit);
            processed.RemovesMe.ShouldBeFalse();
            member.Group = member.Group.Merge(processed);
        }
        committer.Group = committer.Group.Merge(pending);
    }

    /// <summary>All members are in one epoch with the same secrets, and the observer sees the same tree.</summary>
    public void ShouldAgree()
    {
        using var authenticator = Members[0].Group.EpochAuthenticator;
        using var exported = Members[0].Group.Export("label"u8, "context"u8, 50);
        foreach (var member in Members)
        {
            using var other = member.Group.EpochAuthenticator;
            other.FixedTimeEquals(authenticator).ShouldBeTrue(member.Name);
            using var otherExported = member.Group.Export("label"u8, "context"u8, 50);
            otherExported.FixedTimeEquals(exported).ShouldBeTrue(member.Name);
            member.Group.Public.Context.ShouldBe(Observer.Context, member.Name);
            member.Group.Public.Tree.TreeHash(ThisSuite).ShouldBe(Observer.Tree.TreeHash(ThisSuite));
            member.Group.Public.ConfirmationTag.ShouldBe(Observer.ConfirmationTag);
        }
    }

    /// <summary>Every member's message is read by every other.</summary>
    public void ShouldTalk()
    {
        foreach (var sender in Members)
        {
            var message = OverTheWire(sender.Send($"from {sender.Name}"));
            foreach (var reader in Members.Where(reader => reader != sender))
                reader.Read(message).ShouldBe($"from {sender.Name}");
        }
    }

    public static T OverTheWire<T>(T message) where T : IWireStruct<T> => Tls.Decode<T>(Tls.Encode(message));

    public void Dispose()
    {
        foreach (var member in Members)
            member.Dispose();
    }
}
