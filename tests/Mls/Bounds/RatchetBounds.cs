using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;

namespace Skytale.Mls.Tests.Bounds;

public sealed class RatchetBounds
{
    private const ulong Last = HashRatchet.Generations - 1;

    private static CipherSuite Suite => TestGroup.Suite;

    [Fact]
    public void A_sender_stops_behind_the_last_generation()
    {
        using var sending = new SendingRatchets(At(0), At(Last - 1));
        foreach (var expected in new[] { uint.MaxValue - 1, uint.MaxValue })
        {
            using var key = sending.NextApplication(Suite);
            key.Generation.Value.ShouldBe(expected);
        }
        var before = State(sending);
        Expect.Refused(MlsError.GenerationTooFarAhead, () => sending.NextApplication(Suite));
        State(sending).ShouldBe(before);

        // Nor does it start again from what was stored.
        using var stored = Secret.Copy(before.Span);
        var reader = new TlsReader(stored.Memory);
        using var restored = SendingRatchets.ReadFrom(ref reader);
        Expect.Refused(MlsError.GenerationTooFarAhead, () => restored.NextApplication(Suite));
    }

    [Fact]
    public void A_receiver_takes_the_last_generation_and_none_that_wrapped()
    {
        using var ratchet = new ReceivingRatchet(At(Last - 3));
        Take(ratchet, uint.MaxValue);
        foreach (var generation in new[] { 0u, 1u, uint.MaxValue - 4, uint.MaxValue })
            Expect.Refused(MlsError.GenerationConsumed, () => ratchet.Stage(Suite, new Generation(generation)));
        Take(ratchet, uint.MaxValue - 2);
        Take(ratchet, uint.MaxValue - 1);
    }

    [Fact]
    public void A_jump_of_the_limit_is_followed_and_one_more_is_refused_without_deriving()
    {
        using var ratchet = new ReceivingRatchet(At(0));
        Expect.Refused(MlsError.GenerationTooFarAhead, () => ratchet.Stage(Suite, new Generation(RatchetLimits.MaxForward + 1)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<MlsException>(() => ratchet.Stage(Suite, new Generation(uint.MaxValue)));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20_000);
        Take(ratchet, RatchetLimits.MaxForward);
        Take(ratchet, 2 * RatchetLimits.MaxForward + 1);
    }

    [Fact]
    public void However_many_generations_are_skipped_so_many_keys_are_kept()
    {
        using var ratchet = new ReceivingRatchet(At(0));
        for (uint jump = 1; jump <= 5; jump++)
        {
            Take(ratchet, jump * (RatchetLimits.MaxForward + 1) - 1);
            var kept = Skipped(ratchet);
            kept.Count.ShouldBe(RatchetLimits.MaxSkippedKept);
            kept[^1].ShouldBe(jump * (RatchetLimits.MaxForward + 1) - 2, "the latest");
            kept.ShouldBe(Enumerable.Range((int)kept[0], kept.Count).Select(n => (uint)n), "in one piece");
        }
        for (uint step = 0; step < 10; step++)
            Take(ratchet, 5 * (RatchetLimits.MaxForward + 1) + 1 + 2 * step);
        Skipped(ratchet).Count.ShouldBe(RatchetLimits.MaxSkippedKept);
    }

    private static HashRatchet At(ulong next) => new(next, Secret.Copy(Suite.Hash("a ratchet secret"u8).Span));

    private static void Take(ReceivingRatchet ratchet, uint generation)
    {
        using var key = ratchet.Stage(Suite, new Generation(generation));
        key.Key.Generation.Value.ShouldBe(generation);
        key.Take();
    }

    // The generations of the keys in the ratchet's state.
    private static List<uint> Skipped(ReceivingRatchet ratchet)
    {
        using var writer = new TlsWriter();
        ratchet.WriteTo(writer);
        var reader = new TlsReader(writer.ToOpaque().Memory);
        reader.ReadUInt64();
        reader.ReadOpaque();
        var keys = reader.ReadVectorReader();
        var generations = new List<uint>();
        while (keys.Remaining > 0)
        {
            generations.Add(keys.ReadUInt32());
            keys.ReadOpaque();
            keys.ReadOpaque();
        }
        return generations;
    }

    private static Opaque State(SendingRatchets ratchets)
    {
        using var writer = new TlsWriter();
        ratchets.WriteTo(writer);
        return writer.ToOpaque();
    }
}
