using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>§9.2: keys, nonces and ratchet secrets go with their one use; of skipped generations the keys alone stay.</summary>
[Collection(nameof(SecretHeap))]
public sealed class MessageKeysAreForgotten : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private static CipherSuite Suite => TestGroup.Suite;

    [Fact]
    [Fault(31)]
    public void By_the_sender()
    {
        var ratchet = ApplicationRatchet(Alice);
        State(Alice).AsSpan().IndexOf(ratchet).ShouldBePositive("the ratchet secret of the next generation is stored");
        var generations = Generations(ratchet, 3);
        for (var n = 0; n < 3; n++)
        {
            Alice.Send("message");

            // The others have not read it: what they hold is the leaf's secret above, from which all this follows.
            var gone = generations.Take(n + 1).SelectMany(generation => generation).ToArray();
            Gone(gone, Alice);
            SecretHeap.Held(gone).ShouldBeEmpty();
            if (n < 2)
                State(Alice).AsSpan().IndexOf(generations[n + 1][0].Value).ShouldBePositive("the next ratchet secret");
        }
    }

    [Fact]
    public void Of_encrypted_proposals_and_commits_too()
    {
        var encrypted = new FramingOptions { WireFormat = WireFormat.PrivateMessage };
        var generations = Generations(Ratchet(Alice, handshake: true), 2);
        State(Alice).AsSpan().IndexOf(generations[0][0].Value).ShouldBePositive("the handshake ratchet's next secret is stored");
        var proposal = Alice.Group.Propose(new RemoveProposal(Alice.Group.OwnLeaf), encrypted, TestRandom.Fill).Message;
        Gone(generations[0], Alice);
        SecretHeap.Held(generations[0]).ShouldBeEmpty();

        // Bob's tree has what it follows from, until he receives it; a commit that is only staged uses no key up.
        Bob.Group.Receive(proposal);
        Gone(generations[0], Bob);
        SecretHeap.Held(generations[0]).ShouldBeEmpty();
        using var pending = Alice.Group.Commit(new CommitRequest { Framing = encrypted }, TestRandom.Fill);
        Gone(generations[1], Alice);
        var before = Bob.State();
        Bob.Group.Process(pending.Commit).Dispose();
        Bob.State().ShouldBe(before);
        SecretHeap.Held(generations[1]).ShouldBe([generations[1][0].Name], "bob's ratchet stands there");
        using var staged = Bob.Group.Process(pending.Commit);
        Bob.Group = Bob.Group.Merge(staged);
        SecretHeap.Held(generations.SelectMany(generation => generation)).ShouldBeEmpty();
    }

    [Fact]
    public void By_a_sender_who_reserved_generations()
    {
        var ratchet = ApplicationRatchet(Alice);
        var generations = Generations(ratchet, 3);
        Alice.Group.ReserveGenerations(3);
        var keys = generations.Select(generation => generation[1]).ToArray();
        SecretHeap.Held(keys).Count.ShouldBe(3, "reserved keys are in memory");
        Gone([.. generations.SelectMany(generation => generation)], Alice);
        Alice.Send("first");
        SecretHeap.Held(keys).ShouldBe([keys[1].Name, keys[2].Name]);
        Alice.Group.Dispose();
        SecretHeap.Held(keys).ShouldBeEmpty();
    }

    [Fact]
    [Fault(31)]
    public void By_the_receiver_all_but_those_skipped()
    {
        var generations = Generations(ApplicationRatchet(Alice), 3);
        var messages = Enumerable.Range(0, 3).Select(n => Alice.Send($"{n}")).ToArray();
        Bob.Read(messages[2]).ShouldBe("2");
        Gone([generations[0][0], generations[1][0], .. generations[2]], Bob);
        Kept([.. generations[0][1..], .. generations[1][1..]]);

        Bob.Read(messages[0]).ShouldBe("0");
        Gone([.. generations[0], .. generations[2]], Bob);
        SecretHeap.Held([.. generations[0], .. generations[2], generations[1][0]]).ShouldBeEmpty();
        SecretHeap.Held(generations[1][1..]).Count.ShouldBe(2);

        Bob.Read(messages[1]).ShouldBe("1");
        Gone([.. generations.SelectMany(generation => generation)], Bob);
        SecretHeap.Held(generations.SelectMany(generation => generation)).ShouldBeEmpty();
    }

    [Fact]
    public void When_a_message_was_refused_nothing_of_the_attempt_stays()
    {
        var generations = Generations(ApplicationRatchet(Alice), 3);
        Alice.Send("0");
        Alice.Send("1");
        var message = Alice.Send("2");
        Bob.Refuses(MlsError.DecryptionFailed, state => state.Unprotect(message with { Ciphertext = Forge.Flip(message.Ciphertext) }));
        SecretHeap.Held(generations.SelectMany(generation => generation)).ShouldBeEmpty();
    }

    [Fact]
    public void The_oldest_skipped_keys_beyond_the_limit_are_zeroed()
    {
        var generations = Generations(ApplicationRatchet(Alice), RatchetLimits.MaxSkippedKept + 3);
        for (var n = 0; n < RatchetLimits.MaxSkippedKept; n++)
            Alice.Send("skipped");
        Bob.Read(Alice.Send("read"));
        Kept(generations[0][1..]);
        Alice.Send("skipped too");
        Bob.Read(Alice.Send("read"));
        SecretHeap.Held(generations[0]).ShouldBeEmpty();
        Gone(generations[0], Bob);
        Kept(generations[1][1..]);
    }

    [Fact]
    public void Plaintext_is_zeroed_on_both_sides()
    {
        var plaintext = RandomNumberGenerator.GetBytes(48);
        var message = Alice.Group.Protect(plaintext, [], 256, TestRandom.Fill);
        SecretHeap.PoolHolds(plaintext).ShouldBeFalse();
        SecretHeap.Holds(plaintext).ShouldBeFalse();
        var read = Bob.Group.Unprotect(message);
        SecretHeap.PoolHolds(plaintext).ShouldBeFalse();
        SecretHeap.Holds(plaintext).ShouldBeTrue("the reader has it");
        read.Dispose();
        SecretHeap.Holds(plaintext).ShouldBeFalse();
    }

    [Fact]
    public void What_is_stored_leaves_no_secret_in_the_pool()
    {
        var init = Bob.Group.Secrets.Init.Span.ToArray();
        Bob.Restart();
        State(Bob).AsSpan().IndexOf(init).ShouldBePositive();
        SecretHeap.PoolHolds(init).ShouldBeFalse();
    }

    public void Dispose() => _group.Dispose();

    private static byte[] ApplicationRatchet(Member member) => Ratchet(member, handshake: false);

    // The secret of one of the own ratchets, from the state that stores it: the handshake's first.
    private static byte[] Ratchet(Member member, bool handshake)
    {
        using var state = member.Group.SerializeSending();
        var reader = new TlsReader(state.Memory);
        reader.ReadUInt8();
        reader.ReadOpaque();
        reader.ReadUInt64();
        reader.ReadUInt64();
        var first = reader.ReadOpaque().Span.ToArray();
        reader.ReadUInt64();
        return handshake ? first : reader.ReadOpaque().Span.ToArray();
    }

    // Of each generation from this ratchet secret on: the ratchet secret, the key and the nonce.
    private static List<(string Name, byte[] Value)[]> Generations(byte[] ratchetSecret, int count)
    {
        var generations = new List<(string, byte[])[]>();
        var ratchet = new HashRatchet(0, Secret.Copy(ratchetSecret));
        for (var n = 0; n < count; n++)
        {
            using var used = ratchet;
            using var key = used.CurrentKey(Suite);
            generations.Add([($"ratchet_secret {n}", ratchetSecret), ($"key {n}", key.Key.Span.ToArray()), ($"nonce {n}", key.Nonce.Span.ToArray())]);
            using var current = Secret.Copy(ratchetSecret);
            using var next = Suite.DeriveTreeSecret(current, Labels.Secret, (uint)n, Suite.HashSize);
            ratchetSecret = next.Span.ToArray();
            ratchet = used.Step(Suite);
        }
        ratchet.Dispose();
        return generations;
    }

    private static byte[] State(Member member) => member.State().Span.ToArray();

    // In the state, not in the heap: a slab that live secrets fill to the last slot cannot be looked through.
    private void Kept(IEnumerable<(string Name, byte[] Value)> skipped)
    {
        foreach (var (name, value) in skipped)
            State(Bob).AsSpan().IndexOf(value).ShouldBePositive($"skipped: {name}");
    }

    private static void Gone(IEnumerable<(string Name, byte[] Value)> values, Member member)
    {
        foreach (var (name, value) in values)
            State(member).AsSpan().IndexOf(value).ShouldBe(-1, name);
    }
}
