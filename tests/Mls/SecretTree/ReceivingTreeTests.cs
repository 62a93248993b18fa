using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.SecretTree;

public sealed class ReceivingTreeTests : IDisposable
{
    private static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);
    private static readonly LeafIndex Sender = new(2);

    private readonly SendingRatchets _sending;
    private readonly ReceivingTree _receiving;

    public ReceivingTreeTests()
    {
        (_sending, var others) = ReceivingTree.Split(Suite, EncryptionSecret(), 8, Sender);
        others.Dispose();
        (var own, _receiving) = ReceivingTree.Split(Suite, EncryptionSecret(), 8, new LeafIndex(5));
        own.Dispose();
    }

    [Fact]
    public void Keys_are_taken_in_any_order_and_once_each()
    {
        var sent = Send(6);
        foreach (var generation in new uint[] { 3, 0, 5, 1, 4, 2 })
        {
            Take(generation).ShouldBe(sent[(int)generation]);
            ErrorAt(generation).ShouldBe(MlsError.GenerationConsumed);
        }
    }

    [Fact]
    [Fault(30)]
    public void A_staged_key_that_is_not_taken_changes_nothing()
    {
        var fresh = State();
        Stage(7).Dispose();
        State().ShouldBe(fresh);

        Take(2);
        var later = State();
        Stage(1).Dispose();
        Stage(9).Dispose();
        State().ShouldBe(later);
        var sent = Send(10);
        Take(1).ShouldBe(sent[1]);
        Take(9).ShouldBe(sent[9]);
    }

    [Fact]
    public void A_generation_beyond_the_limit_is_refused_and_nothing_changes()
    {
        var fresh = State();
        ErrorAt(RatchetLimits.MaxForward + 1).ShouldBe(MlsError.GenerationTooFarAhead);
        ErrorAt(uint.MaxValue).ShouldBe(MlsError.GenerationTooFarAhead);
        State().ShouldBe(fresh);
        var sent = Send(RatchetLimits.MaxForward + 1);
        Take(RatchetLimits.MaxForward).ShouldBe(sent[^1]);
    }

    [Fact]
    public void Only_the_latest_skipped_keys_are_kept()
    {
        const int Last = RatchetLimits.MaxSkippedKept + 10;
        var sent = Send(Last + 1);
        Take(Last);
        ErrorAt(9).ShouldBe(MlsError.GenerationConsumed);
        Take(10).ShouldBe(sent[10]);

        // A second jump drops the oldest of those kept from the first.
        sent.AddRange(Send(20));
        Take(Last + 20).ShouldBe(sent[^1]);
        ErrorAt(20).ShouldBe(MlsError.GenerationConsumed);
        Take(Last - 1).ShouldBe(sent[Last - 1]);
    }

    [Fact]
    public void Handshake_and_application_ratchets_are_apart()
    {
        Take(0);
        using var handshake = _receiving.Stage(Suite, Sender, handshake: true, new Generation(0));
        using var expected = _sending.NextHandshake(Suite);
        Opaque.Copy(handshake.Key.Key.Span).ShouldBe(Opaque.Copy(expected.Key.Span));
    }

    [Fact]
    public void The_own_leaf_and_leaves_outside_the_tree_have_no_key_here()
    {
        Expect.Refused(MlsError.GenerationConsumed, () => _receiving.Stage(Suite, new LeafIndex(5), false, new Generation(0)));
        Expect.Refused(MlsError.UnknownSender, () => _receiving.Stage(Suite, new LeafIndex(8), false, new Generation(0)));
        Expect.Refused(MlsError.UnknownSender, () => _receiving.Stage(Suite, new LeafIndex(LeafIndex.Max), false, new Generation(0)));
    }

    [Fact]
    public void A_tree_that_was_stored_goes_on_where_it_was()
    {
        var sent = Send(8);
        Take(4);
        using var stored = Secret.Copy(StateBytes());
        var reader = new TlsReader(stored.Memory);
        using var restored = ReceivingTree.ReadFrom(ref reader, 8);
        reader.ExpectEnd();
        foreach (var generation in new uint[] { 1, 7 })
        {
            using var key = restored.Stage(Suite, Sender, false, new Generation(generation));
            Opaque.Copy(key.Key.Key.Span).ShouldBe(sent[(int)generation]);
            key.Take();
        }
        Expect.Refused(MlsError.GenerationConsumed, () => restored.Stage(Suite, Sender, false, new Generation(4)));
    }

    [Fact]
    public void Consumed_secrets_are_not_in_the_stored_tree()
    {
        // §9.2's example: what leads to a consumed key is deleted, down from the encryption_secret.
        var sent = Send(4);
        using var root = EncryptionSecret();
        using var left = Suite.ExpandWithLabel(root, Labels.Tree, Labels.Left, Suite.HashSize);
        using var leftRight = Suite.ExpandWithLabel(left, Labels.Tree, Labels.Right, Suite.HashSize);
        using var leaf = Suite.ExpandWithLabel(leftRight, Labels.Tree, Labels.Left, Suite.HashSize);
        using var firstRatchet = Suite.DeriveSecret(leaf, Labels.Application);
        StateBytes().AsSpan().IndexOf(root.Span).ShouldBe(-1);
        StateBytes().AsSpan().IndexOf(left.Span).ShouldBePositive("the sender's half is there until the sender's first message");

        Take(3);
        foreach (var consumed in new[] { root, left, leftRight, leaf, firstRatchet })
            StateBytes().AsSpan().IndexOf(consumed.Span).ShouldBe(-1);
        StateBytes().AsSpan().IndexOf(sent[3].Span).ShouldBe(-1);
        StateBytes().AsSpan().IndexOf(sent[2].Span).ShouldBePositive("a skipped key is kept for its late message");
        Take(2);
        StateBytes().AsSpan().IndexOf(sent[2].Span).ShouldBe(-1);
    }

    [Fact]
    public void Reserved_generations_are_used_first_and_are_not_in_the_stored_ratchets()
    {
        _sending.Reserve(Suite, 3);
        _sending.Reserved.ShouldBe(3);
        using var writer = new TlsWriter();
        _sending.WriteTo(writer);
        using var stored = Secret.Copy(writer.WrittenSpan);
        var reader = new TlsReader(stored.Memory);
        using var afterCrash = SendingRatchets.ReadFrom(ref reader);

        using var first = _sending.NextApplication(Suite);
        first.Generation.ShouldBe(new Generation(0));
        _sending.Reserved.ShouldBe(2);
        stored.Span.IndexOf(first.Key.Span).ShouldBe(-1);
        using var next = afterCrash.NextApplication(Suite);
        next.Generation.ShouldBe(new Generation(3));
    }

    public void Dispose()
    {
        _sending.Dispose();
        _receiving.Dispose();
    }

    private static Secret EncryptionSecret() => Secret.Copy(Suite.Hash("an encryption_secret"u8).Span);

    private List<Opaque> Send(int count)
    {
        var keys = new List<Opaque>();
        for (var i = 0; i < count; i++)
        {
            using var key = _sending.NextApplication(Suite);
            keys.Add(Opaque.Copy(key.Key.Span));
        }
        return keys;
    }

    private StagedKey Stage(uint generation) => _receiving.Stage(Suite, Sender, handshake: false, new Generation(generation));

    private Opaque Take(uint generation)
    {
        using var key = Stage(generation);
        var bytes = Opaque.Copy(key.Key.Key.Span);
        key.Take();
        return bytes;
    }

    private MlsError ErrorAt(uint generation) => Should.Throw<MlsException>(() => Stage(generation)).Error;

    private byte[] StateBytes()
    {
        using var writer = new TlsWriter();
        _receiving.WriteTo(writer);
        return writer.WrittenSpan.ToArray();
    }

    private Opaque State() => new(StateBytes());
}
