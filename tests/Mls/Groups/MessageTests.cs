using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

public sealed class MessageTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    public void A_message_says_who_sent_it_and_what_it_says_in_the_clear()
    {
        var message = TestGroup.OverTheWire(Alice.Send("hello", "in the clear"));
        message.ContentType.ShouldBe(ContentType.Application);
        using var read = Bob.Group.Unprotect(message);
        Encoding.UTF8.GetString(read.Plaintext.Span).ShouldBe("hello");
        read.AuthenticatedData.ShouldBe(Opaque.Copy("in the clear"u8));
        read.Sender.ShouldBe(Alice.Group.OwnLeaf);
        read.Credential.ShouldBe(Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!.Credential);
        read.Generation.ShouldBe(new Generation(0));
    }

    [Fact]
    public void Empty_and_large_messages_travel()
    {
        Bob.Read(Alice.Send("")).ShouldBe("");
        var large = new string('x', 300_000);
        Bob.Read(Alice.Send(large)).ShouldBe(large);
    }

    [Fact]
    public void Padding_hides_the_length_up_to_its_size()
    {
        var lengths = new[] { "", "a", new string('b', 100), new string('c', 400) }
            .Select(text => Alice.Group.Protect(Encoding.UTF8.GetBytes(text), [], 512, TestRandom.Fill).Ciphertext.Length);
        lengths.ShouldAllBe(length => length == 512 + 16);
    }

    [Fact]
    [Fault(30)]
    public void Messages_are_read_in_any_order_and_once()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var sent = Enumerable.Range(0, 40).Select(i => (Text: $"{seed}/{i}", Message: Alice.Send($"{seed}/{i}"))).ToArray();
            var shuffled = sent.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var (text, message) in shuffled)
                Bob.Read(message).ShouldBe(text);
            foreach (var (_, message) in shuffled)
                Bob.Refuses(MlsError.GenerationConsumed, state => state.Unprotect(message));
            foreach (var (text, message) in sent)
                Carol.Read(message).ShouldBe(text);
        }
    }

    [Fact]
    public void The_epoch_before_can_be_read_until_it_is_disposed()
    {
        var late = Alice.Send("late");
        var never = Alice.Send("never");
        using var pending = Carol.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var staged = Bob.Group.Process(pending.Commit);
        var old = Bob.Group;
        using var next = old.Merge(staged);
        using (var read = old.Unprotect(late))
            Encoding.UTF8.GetString(read.Plaintext.Span).ShouldBe("late");
        Expect.Refused(MlsError.WrongEpoch, () => next.Unprotect(never));
        old.Dispose();
        Should.Throw<ObjectDisposedException>(() => old.Unprotect(never));
    }

    [Fact]
    public void A_changed_message_is_refused_and_the_right_one_still_opens()
    {
        var message = Alice.Send("hello", "data");
        BobRefuses(MlsError.WrongGroup, message with { GroupId = Opaque.Copy("b group"u8) });
        BobRefuses(MlsError.WrongEpoch, message with { Epoch = new Epoch(0) });
        BobRefuses(MlsError.WrongEpoch, message with { Epoch = new Epoch(2) });
        BobRefuses(MlsError.WrongWireFormat, message with { ContentType = ContentType.Commit });
        BobRefuses(MlsError.WrongWireFormat, message with { ContentType = ContentType.Proposal });
        BobRefuses(MlsError.DecryptionFailed, message with { AuthenticatedData = Opaque.Copy("dato"u8) });
        BobRefuses(MlsError.DecryptionFailed, message with { AuthenticatedData = Opaque.Empty });
        for (var at = 0; at < message.Ciphertext.Length; at += 9)
            BobRefuses(MlsError.DecryptionFailed, message with { Ciphertext = Forge.Flip(message.Ciphertext, at) });
        for (var at = 0; at < message.EncryptedSenderData.Length; at++)
            BobRefuses(MlsError.DecryptionFailed, message with { EncryptedSenderData = Forge.Flip(message.EncryptedSenderData, at) });
        foreach (var length in new[] { 0, 1, 15, 16, 27 })
        {
            BobRefuses(MlsError.DecryptionFailed, message with { Ciphertext = Opaque.Copy(message.Ciphertext.Span[..length]) });
            BobRefuses(MlsError.DecryptionFailed, message with { EncryptedSenderData = Opaque.Copy(message.EncryptedSenderData.Span[..length]) });
        }
        Bob.Read(message).ShouldBe("hello");
    }

    [Fact]
    public void An_own_message_is_named_as_such()
    {
        var message = Alice.Send("to the others");
        Alice.Refuses(MlsError.OwnMessage, state => state.Unprotect(message));
    }

    [Fact]
    [Fault(31)]
    public void A_generation_too_far_ahead_is_refused_before_any_key_is_derived()
    {
        foreach (var generation in new uint[] { RatchetLimits.MaxForward + 1, uint.MaxValue })
        {
            using var key = Forge.AnyKey(generation);
            BobRefuses(MlsError.GenerationTooFarAhead, Forge.Seal(Carol, Forge.SignApplication(Carol, Carol.Group.OwnLeaf), key));
        }
        Bob.Read(Carol.Send("still")).ShouldBe("still");
    }

    [Fact]
    [Fault(10)]
    public void A_blank_leaf_or_one_outside_the_tree_sends_nothing()
    {
        foreach (var leaf in new uint[] { 3, 4, LeafIndex.Max })
        {
            using var key = Forge.AnyKey(0);
            BobRefuses(MlsError.UnknownSender, Forge.Seal(Carol, Forge.SignApplication(Carol, new LeafIndex(leaf)), key));
        }
    }

    [Fact]
    [Fault(30)]
    public void A_member_cannot_speak_for_another()
    {
        // Every member can derive every key: the signature is what tells them apart.
        using (var alices = Carol.Group.Receiving.Stage(Carol.Group.Suite, Alice.Group.OwnLeaf, handshake: false, new Generation(0)))
            BobRefuses(MlsError.InvalidSignature, Forge.Seal(Carol, Forge.SignApplication(Carol, Alice.Group.OwnLeaf), alices.Key));

        // And the forgery did not use up the key of the message that alice really sends.
        Bob.Read(Alice.Send("it is me")).ShouldBe("it is me");
    }

    [Fact]
    [Fault(3)]
    public void Padding_must_be_zero()
    {
        var signed = Forge.SignApplication(Carol, Carol.Group.OwnLeaf);
        using (var key = Carol.Group.Sending.NextApplication(Carol.Group.Suite))
        {
            // A confirmation tag where none belongs is encoded behind the signature: two bytes of padding to the reader.
            var withTail = signed.WithConfirmationTag(Opaque.Copy([0]));
            BobRefuses(MlsError.InvalidPadding, Forge.Seal(Carol, withTail, key));
            Bob.Read(Forge.Seal(Carol, signed, key)).ShouldBe("forged");
        }
    }

    [Fact]
    public void A_content_that_ends_early_is_refused()
    {
        var signed = Forge.SignApplication(Carol, Carol.Group.OwnLeaf);
        using var key = Carol.Group.Sending.NextApplication(Carol.Group.Suite);
        foreach (var length in new[] { 0, 1, 63 })
        {
            var cut = signed with { Auth = signed.Auth with { Signature = Opaque.Copy(signed.Auth.Signature.Span[..length]) } };
            BobRefuses(MlsError.InvalidSignature, Forge.Seal(Carol, cut, key));
        }
        BobRefuses(MlsError.InvalidSignature, Forge.Seal(Carol, signed with { Auth = signed.Auth with { Signature = Forge.Flip(signed.Auth.Signature) } }, key));
    }

    [Fact]
    public void Reserved_generations_serve_first_and_a_crash_skips_them()
    {
        Alice.Group.ReservedGenerations.ShouldBe(0);
        Alice.Group.ReserveGenerations(4);
        using var stored = Alice.Group.SerializeSending();
        var before = Alice.Send("before the crash");
        Alice.Group.ReservedGenerations.ShouldBe(3);
        using (var now = Alice.Group.SerializeSending())
            now.FixedTimeEquals(stored).ShouldBeTrue("a reserved generation is used without another write");

        using var epoch = Alice.Group.SerializeEpoch();
        using var receiving = Alice.Group.SerializeReceiving();
        Alice.Group = MlsGroup.Deserialize(epoch.Span, receiving.Span, stored.Span, Alice.Signer);
        using var after = Bob.Group.Unprotect(Alice.Send("after the crash"));
        after.Generation.ShouldBe(new Generation(4));
        Bob.Read(before).ShouldBe("before the crash");
    }

    [Fact]
    [Fault(34)]
    public void Text_of_what_was_read_shows_no_plaintext()
    {
        using var read = Bob.Group.Unprotect(Alice.Send("a secret word"));
        read.Plaintext.ToString().ShouldNotContain("secret word");
        new ApplicationBody(Opaque.Copy("a secret word"u8)).ToString().ShouldBe("ApplicationBody(13 bytes)");
    }

    public void Dispose() => _group.Dispose();

    private void BobRefuses(MlsError error, PrivateMessage message) => Bob.Refuses(error, state => state.Unprotect(message));
}
