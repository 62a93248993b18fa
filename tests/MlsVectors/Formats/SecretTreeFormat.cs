using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "encryption_secret",
//   "sender_data": { "sender_data_secret", "ciphertext", "key", "nonce" },
//   "leaves": [[{ "generation": uint32, "handshake_key", "handshake_nonce", "application_key", "application_nonce" }]]
// }

/// <summary>secret-tree: the keys of every leaf's ratchets, whoever derives them, and of sender data (§9, §6.3.2).</summary>
public static class SecretTreeFormat
{
    // Each leaf's member derives its keys one after the other: a bound keeps a damaged file from taking hours.
    private const uint LastGeneration = 100_000;

    public static void Ratchets(JsonElement testCase, CipherSuite suite)
    {
        var leaves = testCase.List("leaves");
        Agree.That(leaves.Length is > 0 and <= RatchetTree.MaxLeaves, "'leaves' is empty or too long");
        for (var i = 0; i < leaves.Length; i++)
        {
            Agree.That(leaves[i].ValueKind == JsonValueKind.Array, $"leaf {i} is no array");
            AtTheMember(testCase, suite, leaves.Length, new LeafIndex((uint)i), [.. leaves[i].EnumerateArray()]);
            if (leaves.Length > 1)
                AtItsNeighbour(testCase, suite, leaves.Length, new LeafIndex((uint)i), [.. leaves[i].EnumerateArray()]);
        }
    }

    public static void SenderDataKeys(JsonElement testCase, CipherSuite suite)
    {
        var expected = testCase.Field("sender_data");
        using var secret = expected.SecretOf(suite, "sender_data_secret");
        using var key = Secret.Zero(suite.Aead.KeySize);
        using var nonce = Secret.Zero(suite.Aead.NonceSize);
        SenderData.DeriveKeyAndNonce(suite, secret, expected.Bytes("ciphertext").Span, key.Writable, nonce.Writable);
        Agree.On(key, expected.Bytes("key"), "sender_data: key");
        Agree.On(nonce, expected.Bytes("nonce"), "sender_data: nonce");
    }

    // A member sends with its own ratchets, from the first generation on.
    private static void AtTheMember(JsonElement testCase, CipherSuite suite, int leafCount, LeafIndex leaf, JsonElement[] generations)
    {
        foreach (var expected in generations)
        {
            var generation = new Generation(expected.UInt32("generation"));
            Agree.That(generation.Value <= LastGeneration, $"generation {generation.Value} is further than this program goes");
            var (sending, receiving) = Split(testCase, suite, leafCount, leaf);
            using (sending)
            using (receiving)
            {
                using var application = Until(generation, () => sending.NextApplication(suite));
                using var handshake = Until(generation, () => sending.NextHandshake(suite));
                Same(application, expected, "application", leaf);
                Same(handshake, expected, "handshake", leaf);
            }
        }
    }

    // The next leaf's member reads with the rest of the tree, which holds nothing above its own leaf.
    private static void AtItsNeighbour(JsonElement testCase, CipherSuite suite, int leafCount, LeafIndex leaf, JsonElement[] generations)
    {
        var (sending, receiving) = Split(testCase, suite, leafCount, new LeafIndex((leaf.Value + 1) % (uint)leafCount));
        using (sending)
        using (receiving)
        {
            foreach (var handshake in new[] { false, true })
            {
                var reached = 0u;
                foreach (var expected in generations)
                {
                    // A reader follows a ratchet only so far at once; a file may go further.
                    var generation = expected.UInt32("generation");
                    for (; generation > reached + RatchetLimits.MaxForward; reached += RatchetLimits.MaxForward)
                        Read(reached + RatchetLimits.MaxForward).Dispose();
                    using var key = Read(generation);
                    Same(key.Key, expected, handshake ? "handshake" : "application", leaf);
                    reached = Math.Max(reached, generation);
                }

                StagedKey Read(uint generation)
                {
                    var key = receiving.Stage(suite, leaf, handshake, new Generation(generation));
                    key.Take();
                    return key;
                }
            }
        }
    }

    private static (SendingRatchets Sending, ReceivingTree Receiving) Split(JsonElement testCase, CipherSuite suite, int leafCount, LeafIndex own) =>
        ReceivingTree.Split(suite, testCase.SecretOf(suite, "encryption_secret"), TreeMath.PerfectSize(leafCount), own);

    private static void Same(MessageKey key, JsonElement expected, string kind, LeafIndex leaf)
    {
        var where = $"leaf {leaf}, generation {expected.UInt32("generation")}";
        Agree.On(key.Key, expected.Bytes(kind + "_key"), $"{where}, {kind}_key");
        Agree.On(key.Nonce, expected.Bytes(kind + "_nonce"), $"{where}, {kind}_nonce");
    }

    private static MessageKey Until(Generation generation, Func<MessageKey> next)
    {
        while (true)
        {
            var key = next();
            if (key.Generation == generation)
                return key;
            key.Dispose();
        }
    }
}
