using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 29 to 33 and 35: what refusals, replays, restarts and disposal do to a member's state.</summary>
public sealed class StateFaults : IDisposable
{
    private static readonly CipherSuite Suite = TestGroup.Suite;

    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    [Fault(29)]
    public void A_commit_that_fails_at_its_last_check_leaves_no_trace()
    {
        // Everything up to the confirmation tag is right: proposals are applied, the path is merged and decrypted.
        using var dave = new Member(Suite, "dave");
        using var bundle = dave.NewBundle();
        var good = new ForgedCommit { Proposals = ForgedCommit.ByValue(new RemoveProposal(Carol.Group.OwnLeaf), new AddProposal(bundle.KeyPackage)) }.By(Alice);
        Bob.Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(Forge.WithConfirmationTag(Alice, good, Forge.Flip(good.Auth.ConfirmationTag!.Value))));
        var hash = Bob.Group.Public.Tree.TreeHash(Suite);
        hash.ShouldBe(Bob.Group.Public.Context.TreeHash, "nor in the hashes that the tree keeps");
        Bob.Read(Carol.Send("still here")).ShouldBe("still here");
        using var staged = Bob.Group.Process(good);
    }

    [Fact]
    [Fault(30)]
    public void A_replay_does_not_hurt_the_ratchet()
    {
        var (first, second, third) = (Carol.Send("1"), Carol.Send("2"), Carol.Send("3"));
        Bob.Read(first);
        Bob.Refuses(MlsError.GenerationConsumed, bob => bob.Unprotect(first));
        Bob.Read(third);
        Bob.Refuses(MlsError.GenerationConsumed, bob => bob.Unprotect(third));
        Bob.Read(second).ShouldBe("2");
        Bob.Refuses(MlsError.GenerationConsumed, bob => bob.Unprotect(second));
        Bob.Read(Carol.Send("4")).ShouldBe("4");
    }

    [Fact]
    [Fault(30)]
    public void Skipping_two_messages_does_not_hurt_the_ratchet()
    {
        var sent = Enumerable.Range(0, 6).Select(i => Carol.Send($"{i}")).ToArray();
        foreach (var i in new[] { 2, 5, 4, 0, 3, 1 })
            Bob.Read(sent[i]).ShouldBe($"{i}");
    }

    [Fact]
    [Fault(30)]
    public void A_message_that_is_not_authentic_uses_no_key_up()
    {
        // Right keys, right encryption, wrong signature: an insider's message under the next key of another member.
        using (var carols = Alice.Group.Receiving.Stage(Suite, Carol.Group.OwnLeaf, handshake: false, new Generation(0)))
            Bob.Refuses(MlsError.InvalidSignature, bob => bob.Unprotect(Forge.Seal(Alice, Forge.SignApplication(Alice, Carol.Group.OwnLeaf), carols.Key)));
        Bob.Read(Carol.Send("mine")).ShouldBe("mine");
    }

    [Fact]
    [Fault(31)]
    public void A_generation_far_ahead_costs_no_derivations()
    {
        foreach (var generation in new uint[] { RatchetLimits.MaxForward + 1, int.MaxValue, uint.MaxValue })
        {
            using var key = Forge.AnyKey(generation);
            var message = Forge.Seal(Carol, Forge.SignApplication(Carol, Carol.Group.OwnLeaf), key);
            Bob.Refuses(MlsError.GenerationTooFarAhead, bob => bob.Unprotect(message));
        }
    }

    [Fact]
    [Fault(31)]
    public void A_ratchet_ends_and_does_not_wrap()
    {
        // A stored ratchet whose next generation is the last: 2^32 - 1, then none.
        using var writer = new TlsWriter();
        writer.WriteUInt64(uint.MaxValue);
        writer.WriteOpaque(new byte[32]);
        var reader = new TlsReader(writer.WrittenSpan.ToArray());
        using var last = HashRatchet.ReadFrom(ref reader);
        using (var key = last.CurrentKey(Suite))
            key.Generation.ShouldBe(new Generation(uint.MaxValue));
        using var end = last.Step(Suite);
        end.Next.ShouldBe(1ul << 32);
        Expect.Refused(MlsError.GenerationTooFarAhead, () => end.CurrentKey(Suite));
        Expect.Refused(MlsError.GenerationTooFarAhead, () => end.Step(Suite));
    }

    [Fact]
    [Fault(31)]
    public void Keys_are_gone_after_their_use_from_what_is_stored_too()
    {
        using var staged = Bob.Group.Receiving.Stage(Suite, Carol.Group.OwnLeaf, handshake: false, new Generation(0));
        var key = staged.Key.Key.Span.ToArray();
        var message = Carol.Send("once");
        Carol.State().Span.IndexOf(key).ShouldBe(-1, "at its sender");
        Bob.Read(Carol.Send("skips one"));
        Bob.State().Span.IndexOf(key).ShouldBeGreaterThan(0, "kept for the message that was skipped");
        var before = Bob.State();
        Bob.Read(message);
        Bob.State().ShouldNotBe(before, "what was read changes what is to be stored");
        Bob.State().Span.IndexOf(key).ShouldBe(-1);
        Bob.Restart();
        Bob.Refuses(MlsError.GenerationConsumed, bob => bob.Unprotect(message));
    }

    [Fact]
    [Fault(32)]
    public void Disposing_one_epoch_leaves_the_next_its_secrets()
    {
        using var dropped = Bob.Group.Process(new ForgedCommit().By(Alice));
        dropped.Dispose();
        _group.Commit(Alice);
        _group.Commit(Bob);
        _group.ShouldAgree();

        // A staged commit whose state was taken does not zero it when it is disposed; nor does the epoch before.
        var staged = Bob.Group.Process(new ForgedCommit().By(Alice));
        using var next = Bob.Group.Merge(staged);
        staged.Dispose();
        Bob.Group.Dispose();
        using var pending = next.Commit(new CommitRequest(), TestRandom.Fill);
        next.Protect("still"u8, [], 0, TestRandom.Fill).Ciphertext.Length.ShouldBeGreaterThan(0);
    }

    [Theory]
    [Fault(32)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(17)]
    public void A_group_whose_size_is_no_power_of_two_is_walked_to_its_end(int members)
    {
        using var group = TestGroup.Of(Suite, [.. Enumerable.Range(0, members).Select(i => $"{i}")]);
        group.Commit(group[members - 1]);
        group.Commit(group[0]);
        group.ShouldAgree();
        group[members - 1].Read(group[0].Send("to the last")).ShouldBe("to the last");
        group[0].Read(group[members - 1].Send("to the first")).ShouldBe("to the first");
    }

    [Fact]
    [Fault(32)]
    public void Extracting_with_an_empty_salt_is_extracting_with_zeros()
    {
        // RFC 5869 §2.2: a salt that is not provided is set to a string of HashLen zeros.
        foreach (var suite in CipherSuite.All.Values)
        {
            using var none = suite.Extract([], "keying material"u8);
            using var zeros = suite.Extract(new byte[suite.HashSize], "keying material"u8);
            none.FixedTimeEquals(zeros).ShouldBeTrue();
            using var nothing = suite.Extract([], []);
            nothing.Length.ShouldBe(suite.HashSize);
        }
    }

    [Fact]
    [Fault(33)]
    public void An_own_commit_that_comes_back_is_not_applied_twice()
    {
        using var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        Alice.Refuses(MlsError.OwnMessage, alice => alice.Process(pending.Commit));
        Alice.Group = Alice.Group.Merge(pending);
        Alice.Refuses(MlsError.WrongEpoch, alice => alice.Process(pending.Commit));
        Alice.Refuses(MlsError.NoSuchPendingCommit, alice => alice.Merge(pending));
    }

    [Fact]
    [Fault(33)]
    public void An_own_message_that_comes_back_is_named_as_such_and_harms_nothing()
    {
        var own = Alice.Send("mine");
        Alice.Refuses(MlsError.OwnMessage, alice => alice.Unprotect(own));
        Bob.Read(own).ShouldBe("mine");
        Bob.Read(Alice.Send("and on")).ShouldBe("and on");
    }

    [Fact]
    [Fault(35)]
    public void A_last_resort_key_package_opens_more_than_one_welcome()
    {
        using var dave = new Member(Suite, "dave");
        using var bundle = KeyPackageBundle.Create(Suite, dave.Signer, Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!.Credential, new KeyPackageOptions
        {
            Capabilities = Capabilities.Basic(Suite.Id) with { Extensions = [ExtensionType.LastResort] },
            Lifetime = new Lifetime(0, ulong.MaxValue),
            Extensions = new ExtensionList(new Extension(ExtensionType.LastResort, Opaque.Empty)),
        }, TestRandom.Fill);
        bundle.KeyPackage.IsLastResort.ShouldBeTrue();
        using var other = TestGroup.OfThree();
        foreach (var group in new[] { _group, other })
        {
            using var pending = group[0].Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
            using var joined = MlsGroup.Join(pending.Welcome!, bundle, dave.Signer, new JoinOptions());
            joined.OwnLeaf.ShouldBe(new LeafIndex(3));
        }
    }

    public void Dispose() => _group.Dispose();
}
