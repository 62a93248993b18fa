using Skytale.LivePeers.Tests.Members;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>Proposals that one kind of member sends on their own and the other commits.</summary>
[Trait("Category", "Live")]
public sealed class ProposalsByReferenceTests
{
    private const int Patience = 120_000;

    private const CipherSuiteId Suite1 = CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Updates_of_both_kinds_are_committed_by_both(bool isPublic)
    {
        await using var group = new LiveGroup(Suite1, isPublic);
        var (alice, bob) = (group.Ours("alice"), group.Theirs("bob"));
        var (carol, dave) = (group.Ours("carol"), group.Theirs("dave"));
        await group.CreateAsync(alice);
        await group.AddAsync(alice, [bob, carol, dave]);

        await group.ProposeAsync(bob, null);
        await group.ProposeAsync(carol, null);
        await group.CommitAsync(alice);
        await group.ShouldTalkAsync();

        await group.ProposeAsync(alice, null);
        await group.ProposeAsync(dave, null);
        await group.CommitAsync(bob);
        await group.ShouldTalkAsync();

        // Whoever was updated can commit, and be encrypted to.
        foreach (var member in group.Members)
            await group.CommitAsync(member);
        await group.ShouldTalkAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Adds_and_removes_of_one_kind_are_committed_by_the_other(bool isPublic)
    {
        await using var group = new LiveGroup(Suite1, isPublic);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        var (leaving, another) = (group.Theirs("leaving"), group.Ours("another"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs, leaving, another]);

        // A proposal of theirs beside what ours commits by value, and the other way round.
        await group.ProposeAsync(theirs, new Change.Remove((await leaving.StatusAsync()).Leaf));
        group.Members.Remove(leaving);
        await group.AddAsync(ours, [group.Theirs("new")]);

        await group.ProposeAsync(ours, new Change.Remove((await another.StatusAsync()).Leaf));
        group.Members.Remove(another);
        await group.AddAsync(theirs, [group.Ours("newer")]);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Proposals_of_an_epoch_that_is_over_are_dropped_by_both()
    {
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        var third = group.Ours("third");
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs, third]);

        // An Update of the third, which the commit of ours names; in the next epoch nothing is left to name.
        await group.ProposeAsync(third, null);
        await group.CommitAsync(ours);
        ours.Group.Proposals.ShouldBeEmpty();
        await group.CommitAsync(theirs);
        await group.CommitAsync(third);
        await group.ShouldTalkAsync();
    }
}
