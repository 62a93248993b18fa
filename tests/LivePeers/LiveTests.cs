using Skytale.LivePeers.Tests.Members;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Mls;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>Groups whose members are kept by two implementations that share no line of code.</summary>
[Trait("Category", "Live")]
public sealed class LiveTests
{
    private const int Patience = 180_000;

    private const CipherSuiteId Suite1 = CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;

    /// <summary>Every suite, with handshake messages that the Delivery Service can read and that it cannot.</summary>
    public static MatrixTheoryData<CipherSuiteId, bool> Suites { get; } = new(Enum.GetValues<CipherSuiteId>(), [true, false]);

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Suites))]
    public async Task Ours_creates_a_group_and_adds_theirs(CipherSuiteId suite, bool isPublic)
    {
        await using var group = new LiveGroup(suite, isPublic);
        var ours = group.Ours("ours");
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [group.Theirs("theirs")]);
        await group.ShouldTalkAsync();
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Suites))]
    public async Task Theirs_creates_a_group_and_adds_ours(CipherSuiteId suite, bool isPublic)
    {
        await using var group = new LiveGroup(suite, isPublic);
        var theirs = group.Theirs("theirs");
        await group.CreateAsync(theirs);
        await group.AddAsync(theirs, [group.Ours("ours")]);
        await group.ShouldTalkAsync();
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Suites))]
    public async Task Members_of_both_kinds_add_update_and_remove(CipherSuiteId suite, bool isPublic)
    {
        await using var group = new LiveGroup(suite, isPublic);
        var (alice, bob) = (group.Ours("alice"), group.Theirs("bob"));
        var (carol, dave) = (group.Ours("carol"), group.Theirs("dave"));
        await group.CreateAsync(alice);
        await group.AddAsync(alice, [bob]);
        await group.AddAsync(bob, [carol, dave]);
        await group.ShouldTalkAsync();

        // An empty commit renews the committer's path.
        foreach (var member in group.Members)
            await group.CommitAsync(member);
        await group.ShouldTalkAsync();

        await group.RemoveAsync(carol, bob);
        await group.ShouldTalkAsync();
        await group.RemoveAsync(dave, carol);
        await group.ShouldTalkAsync();

        // The leaves that became free are filled again, from the left.
        await group.AddAsync(alice, [group.Theirs("erin")]);
        await group.AddAsync(dave, [group.Ours("frank")]);
        foreach (var member in group.Members)
            await group.CommitAsync(member);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task The_tree_may_come_beside_the_Welcome()
    {
        await using var group = new LiveGroup(Suite1, isPublic: true) { InlineTree = false };
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(theirs);
        await group.AddAsync(theirs, [ours]);
        await group.AddAsync(ours, [group.Theirs("another"), group.Ours("and another")]);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Pre_shared_keys_go_into_the_epoch_on_both_sides()
    {
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        var (oneId, otherId) = ("one"u8.ToArray(), "other"u8.ToArray());
        foreach (var member in group.Members)
        {
            await member.StorePskAsync(oneId, "the first key"u8.ToArray());
            await member.StorePskAsync(otherId, "the second key"u8.ToArray());
        }
        await group.CommitAsync(ours, new Change.Psk(oneId), new Change.Psk(otherId));
        await group.CommitAsync(theirs, new Change.Psk(otherId), new Change.Psk(oneId));
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Both_sides_read_messages_out_of_order()
    {
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        foreach (var (sender, reader) in new (IMember, IMember)[] { (ours, theirs), (theirs, ours) })
        {
            var messages = new List<byte[]>();
            for (byte i = 0; i < 5; i++)
                messages.Add(await sender.ProtectAsync([i], []));
            foreach (var i in new byte[] { 3, 0, 4, 2, 1 })
                (await reader.UnprotectAsync(messages[i])).Data.ShouldBe([i]);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Our_new_group_extensions_are_taken()
    {
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        await group.CommitAsync(ours, new Change.Extensions((3, [0, 0, 2, 0, 1])));
        await group.CommitAsync(theirs);
        await group.AddAsync(theirs, [group.Ours("another")]);
        await group.ShouldTalkAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Theirs_refuses_a_message_that_was_changed()
    {
        // The negative control of all the others: the driver tells what its library refuses.
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        var message = await ours.ProtectAsync([1], []);
        message[^1] ^= 1;
        await Should.ThrowAsync<PeerException>(() => theirs.UnprotectAsync(message));
        var made = await ours.CommitAsync(isPublic: true, inlineTree: true);
        made.Commit[^1] ^= 1;
        await Should.ThrowAsync<PeerException>(() => theirs.ProcessCommitAsync(made.Commit));
    }
}
