using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

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

    public PublicGroup Observer { get; private set; }

    public Member this[int index] => Members[index];

    /// <summary>The first creates the group by a Welcome to itself and adds the others in one commit.</summary>
    public static TestGroup Of(CipherSuite suite, params string[] names) => Of(suite, capabilities => capabilities, names);

    /// <summary>The same, of clients with other capabilities than the basic ones.</summary>
    public static TestGroup Of(CipherSuite suite, Func<Capabilities, Capabilities> with, params string[] names)
    {
        var creator = new Member(suite, names[0]);
        creator.Capabilities = with(creator.Capabilities);
        using var bundle = creator.NewBundle();
        var creation = MlsGroup.CreateWithWelcome(Opaque.Copy("a group"u8), bundle, creator.Signer, ExtensionList.Empty, TestRandom.Fill);
        creator.Group = MlsGroup.Join(creation.Welcome, bundle, creator.Signer, new JoinOptions());
        var group = new TestGroup(suite, creator, PublicGroup.FromGroupInfo(creation.GroupInfo));
        if (names.Length > 1)
            group.Add(creator, true, with, names[1..]);
        return group;
    }

    public static TestGroup OfThree() => Of(Suite, "alice", "bob", "carol");

    /// <summary>Adds clients in one commit; they join by its Welcome.</summary>
    public void Add(Member committer, bool path, params string[] names) => Add(committer, path, capabilities => capabilities, names);

    public void Add(Member committer, bool path, Func<Capabilities, Capabilities> with, params string[] names)
    {
        var joiners = names.Select(name => new Member(ThisSuite, name)).ToList();
        joiners.ForEach(joiner => joiner.Capabilities = with(joiner.Capabilities));
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

    /// <summary>A member's proposal, received by all others and, unless it is encrypted, by the observer.</summary>
    public ProposalRef Propose(Member sender, Proposal proposal, FramingOptions? framing = null) =>
        Spread(sender, sender.Group.Propose(proposal, framing ?? FramingOptions.Default, TestRandom.Fill));

    public ProposalRef ProposeUpdate(Member sender, LeafChange? change = null, FramingOptions? framing = null) =>
        Spread(sender, sender.Group.ProposeUpdate(change ?? new LeafChange(), framing ?? FramingOptions.Default, TestRandom.Fill));

    /// <summary>A proposal from outside, received by all.</summary>
    public ProposalRef Receive(MlsMessage proposal)
    {
        var reference = Observer.Keep(Observer.Verify(proposal.PublicMessage!));
        foreach (var member in Members)
            member.Group.Receive(OverTheWire(proposal)).ShouldBe(reference);
        return reference;
    }

    /// <summary>The observer checks and follows, the others process, the committer merges.</summary>
    public void Deliver(Member committer, PendingCommit pending, FindPsk? findPsk = null)
    {
        Follow(committer, pending.Commit, pending.GroupInfo, findPsk);
        committer.Group = committer.Group.Merge(pending);
    }

    /// <summary>The same for somebody who enters by the commit.</summary>
    public void Deliver(Member joiner, ExternalJoin join, FindPsk? findPsk = null)
    {
        Follow(joiner, join.Commit, join.GroupInfo, findPsk);
        joiner.Group = join.Enter();
        if (!Members.Contains(joiner))
            Members.Add(joiner);
    }

    private ProposalRef Spread(Member sender, SentProposal sent)
    {
        foreach (var member in Members.Where(member => member != sender))
            member.Group.Receive(OverTheWire(sent.Message)).ShouldBe(sent.Reference);
        if (sent.Message.PublicMessage is { } open)
            Observer.Keep(Observer.Verify(open)).ShouldBe(sent.Reference);
        return sent.Reference;
    }

    // An encrypted commit says nothing to the observer: it goes on by the GroupInfo.
    private void Follow(Member committer, MlsMessage sent, GroupInfo groupInfo, FindPsk? findPsk)
    {
        var commit = OverTheWire(sent);
        if (commit.PublicMessage is { } open)
        {
            var staged = Observer.Stage(Observer.Verify(open));
            Observer.VerifyGroupInfo(staged, groupInfo);
            Observer.Merge(staged);
        }
        else
        {
            Observer = PublicGroup.FromGroupInfo(OverTheWire(groupInfo));
        }
        foreach (var member in Members.Where(member => member != committer))
        {
            using var processed = member.Group.Process(commit, new ProcessOptions { FindPsk = findPsk });
            processed.RemovesMe.ShouldBeFalse();
            member.Group = member.Group.Merge(processed);
        }
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
