using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

public sealed class PastEpochsTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    public PastEpochsTests() => Bob.Past = new PastEpochs(3);

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    private PastEpochs Past => Bob.Past!;

    [Fact]
    public void Late_messages_of_the_last_epochs_are_read_once_in_any_order()
    {
        var late = new List<(string Text, PrivateMessage Message)>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            for (var n = 0; n < 3; n++)
                late.Add(($"{epoch}/{n}", TestGroup.OverTheWire(Alice.Send($"{epoch}/{n}"))));
            _group.Commit(_group[epoch]);
        }
        Past.Epochs.ShouldBe([new Epoch(1), new Epoch(2), new Epoch(3)]);
        late.Reverse();
        foreach (var (text, message) in late)
            Read(message).ShouldBe(text);
        foreach (var (_, message) in late)
            Refused(MlsError.GenerationConsumed, message);
    }

    [Fact]
    public void What_was_read_in_its_own_epoch_is_not_read_again_in_the_past()
    {
        var (read, skipped) = (Alice.Send("skipped"), Alice.Send("read"));
        Bob.Read(skipped).ShouldBe("read");
        _group.Commit(Alice);
        Refused(MlsError.GenerationConsumed, skipped);
        Read(read).ShouldBe("skipped");
    }

    [Fact]
    public void The_oldest_epoch_beyond_the_limit_is_zeroed()
    {
        var oldest = Alice.Send("of epoch 1");
        using var senderData = Bob.Group.Secrets.SenderData.Duplicate();
        _group.Commit(Alice);
        Holds(senderData).ShouldBeTrue();
        var second = Alice.Send("of epoch 2");
        _group.Commit(Alice);
        _group.Commit(Alice);
        Past.Epochs.Count().ShouldBe(3);
        _group.Commit(Alice);
        Past.Epochs.ShouldBe([new Epoch(2), new Epoch(3), new Epoch(4)]);
        Holds(senderData).ShouldBeFalse();
        Refused(MlsError.WrongEpoch, oldest);
        Read(second).ShouldBe("of epoch 2");
    }

    [Fact]
    public void A_limit_of_zero_keeps_nothing()
    {
        Bob.Past = new PastEpochs(0);
        var late = Alice.Send("late");
        _group.Commit(Alice);
        Past.Epochs.ShouldBeEmpty();
        Refused(MlsError.WrongEpoch, late);
        using var state = Past.Serialize();
        state.Length.ShouldBe(2);
    }

    [Fact]
    [Fault(10)]
    public void A_member_who_was_removed_since_is_read_in_its_own_epoch_only()
    {
        using var carol = Carol;
        var before = carol.Send("while a member");
        _group.Remove(Alice, carol);
        Read(before).ShouldBe("while a member");

        // What carol sends on in the epoch she is left in can still be read; as of a later epoch it is nothing.
        var after = carol.Send("after");
        Refused(MlsError.WrongEpoch, after with { Epoch = Bob.Group.Epoch });
        Bob.Refuses(MlsError.DecryptionFailed, state => state.Unprotect(after with { Epoch = Bob.Group.Epoch }));
        _group.Commit(Alice);
        Refused(MlsError.DecryptionFailed, after with { Epoch = new Epoch(2) });
    }

    [Fact]
    [Fault(10)]
    public void A_past_sender_is_who_stood_at_the_leaf_then()
    {
        using var carol = Carol;
        var leaf = carol.Group.OwnLeaf;
        var late = carol.Send("carol's");
        _group.Remove(Alice, carol);
        _group.Add(Alice, true, "dave");
        var dave = _group.Members[^1];
        dave.Group.OwnLeaf.ShouldBe(leaf, "the leaf is used again");

        using var read = Past.Unprotect(late);
        read.Sender.ShouldBe(leaf);
        read.Credential.ShouldBe(new BasicCredential(Opaque.Copy("carol"u8)));
        using var now = Bob.Group.Unprotect(dave.Send("dave's"));
        now.Sender.ShouldBe(leaf);
        now.Credential.ShouldBe(new BasicCredential(Opaque.Copy("dave"u8)));
    }

    [Fact]
    public void Nobody_can_speak_for_another_in_the_past()
    {
        // Every member of the epoch has every key of it; the signature key of the leaf then tells them apart.
        var old = Carol.Group;
        using var key = old.Receiving.Stage(old.Suite, Alice.Group.OwnLeaf, handshake: false, new Generation(0));
        var forged = Forge.Seal(Carol, Forge.SignApplication(Carol, Alice.Group.OwnLeaf), key.Key);
        var real = Alice.Send("it is me");
        var own = Bob.Send("own");
        _group.Commit(Alice);
        Refused(MlsError.InvalidSignature, forged);
        Refused(MlsError.OwnMessage, own);
        Read(real).ShouldBe("it is me");
    }

    [Fact]
    public void A_changed_late_message_changes_nothing()
    {
        var late = Alice.Send("late", "data");
        _group.Commit(Alice);
        Refused(MlsError.WrongGroup, late with { GroupId = Opaque.Copy("b group"u8) });
        Refused(MlsError.WrongEpoch, late with { Epoch = new Epoch(0) });
        Refused(MlsError.WrongEpoch, late with { Epoch = new Epoch(2) });
        Refused(MlsError.WrongWireFormat, late with { ContentType = ContentType.Proposal });
        Refused(MlsError.DecryptionFailed, late with { AuthenticatedData = Opaque.Empty });
        Refused(MlsError.DecryptionFailed, late with { Ciphertext = Forge.Flip(late.Ciphertext, 3) });
        Refused(MlsError.DecryptionFailed, late with { EncryptedSenderData = Forge.Flip(late.EncryptedSenderData, 3) });
        Read(late).ShouldBe("late");
    }

    [Fact]
    public void Stored_past_epochs_go_on_where_they_were()
    {
        var (first, second, third) = (Alice.Send("first"), Alice.Send("second"), Carol.Send("third"));
        Bob.Read(second);
        _group.Commit(Alice);
        Restore(3);
        Read(first).ShouldBe("first");
        Restore(3);
        Refused(MlsError.GenerationConsumed, first);
        Refused(MlsError.GenerationConsumed, second);
        Read(third).ShouldBe("third");
        _group.Commit(Carol);
        _group.Commit(Carol);
        Restore(1);
        Past.Epochs.ShouldBe([new Epoch(3)], "a lower limit drops the oldest");
    }

    [Fact]
    public void Bytes_that_are_no_past_epochs_are_refused()
    {
        _group.Commit(Alice);
        _group.Commit(Alice);
        using var state = Past.Serialize();
        var bytes = state.Span.ToArray();
        var none = Array.Empty<byte>();
        Expect.Refused(MlsError.Truncated, () => PastEpochs.Deserialize(none));
        Expect.Refused(MlsError.Truncated, () => PastEpochs.Deserialize(bytes.AsSpan(0, bytes.Length - 1)));
        Expect.Refused(MlsError.TrailingBytes, () => PastEpochs.Deserialize([.. bytes, 0]));
        Expect.Refused(MlsError.InvalidState, () => PastEpochs.Deserialize([2, .. bytes[1..]]));

        using var twice = new TlsWriter();
        twice.WriteUInt8(1);
        var start = twice.BeginVector();
        twice.WriteFixed(new TlsReader(bytes.AsMemory(1)).ReadOpaque().Span);
        twice.WriteFixed(new TlsReader(bytes.AsMemory(1)).ReadOpaque().Span);
        twice.EndVector(start);
        var doubled = twice.WrittenSpan.ToArray();
        Expect.Refused(MlsError.InvalidState, () => PastEpochs.Deserialize(doubled));
    }

    [Fact]
    public void Only_what_reading_needs_is_kept_of_an_epoch()
    {
        var old = Bob.Group;
        using var before = Bob.Group.SerializeEpoch();
        var kept = old.Secrets;
        var copies = new[] { kept.Init, kept.Exporter, kept.Confirmation, kept.Membership, kept.External, kept.Resumption, kept.EpochAuthenticator }
            .Select(secret => secret.Duplicate())
            .Concat(old.PrivateKeys.Nodes.Select(node => old.PrivateKeys[node]!.PrivateKey.Value.Duplicate()))
            .ToArray();
        using var senderData = kept.SenderData.Duplicate();
        _group.Commit(Alice);
        Holds(senderData).ShouldBeTrue();
        foreach (var copy in copies)
        {
            before.Span.IndexOf(copy.Span).ShouldBePositive("the epoch's own state had it");
            Holds(copy).ShouldBeFalse();
            copy.Dispose();
        }
    }

    [Fact]
    public void The_state_that_was_taken_over_reads_nothing_more()
    {
        var late = Alice.Send("late");
        var old = Bob.Group;
        using var past = new PastEpochs();
        past.Add(old);
        Expect.Refused(MlsError.GenerationConsumed, () => old.Unprotect(late));
        using var read = past.Unprotect(late);
        Encoding.UTF8.GetString(read.Plaintext.Span).ShouldBe("late");
    }

    [Fact]
    public void Epochs_of_another_group_or_out_of_order_are_the_callers_fault()
    {
        using var past = new PastEpochs();
        past.Add(Bob.Group);
        Should.Throw<ArgumentException>(() => past.Add(Bob.Group));
        using var other = new Member(TestGroup.Suite, "bob elsewhere");
        using var bundle = other.NewBundle();
        other.Group = MlsGroup.Create(TestGroup.Suite, Opaque.Copy("b group"u8), other.Signer, bundle, Extensions.ExtensionList.Empty, TestRandom.Fill);
        Should.Throw<ArgumentException>(() => past.Add(other.Group));
        Should.Throw<ArgumentOutOfRangeException>(() => new PastEpochs(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => new PastEpochs(PastEpochs.MaxLimit + 1));
    }

    public void Dispose() => _group.Dispose();

    private string Read(PrivateMessage message)
    {
        using var read = Past.Unprotect(message);
        return Encoding.UTF8.GetString(read.Plaintext.Span);
    }

    private void Refused(MlsError error, PrivateMessage message)
    {
        using var before = Past.Serialize();
        Expect.Refused(error, () => Past.Unprotect(message));
        using var after = Past.Serialize();
        after.FixedTimeEquals(before).ShouldBeTrue("a refused message changed what is kept");
    }

    private bool Holds(Secret secret)
    {
        using var state = Past.Serialize();
        return state.Span.IndexOf(secret.Span) >= 0;
    }

    private void Restore(int limit)
    {
        using var state = Past.Serialize();
        using var old = Past;
        Bob.Past = PastEpochs.Deserialize(state.Span, limit);
    }
}
