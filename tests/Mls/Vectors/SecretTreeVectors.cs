using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

public sealed class SecretTreeVectors
{
    [Fact]
    public void Keys_of_every_leaf_match_the_vectors_whoever_derives_them() => VectorFile.Open("secret-tree").ForEachSuite((testCase, suite) =>
    {
        var leaves = testCase.List("leaves").ToList();
        // Each leaf's member sends with its own ratchets; its neighbour reads the same keys from the rest of the tree.
        for (var i = 0; i < leaves.Count; i++)
        {
            var leaf = new LeafIndex((uint)i);
            var (sending, receiving) = ReceivingTree.Split(suite, testCase.SecretOf("encryption_secret"), TreeMath.PerfectSize(leaves.Count), leaf);
            using (sending)
            using (receiving)
            {
                var reader = new LeafIndex((uint)((i + 1) % leaves.Count));
                var (unused, other) = ReceivingTree.Split(suite, testCase.SecretOf("encryption_secret"), TreeMath.PerfectSize(leaves.Count), reader);
                unused.Dispose();
                using var otherTree = other;
                foreach (var expected in leaves[i].EnumerateArray())
                {
                    var generation = new Generation(expected.UInt32("generation"));
                    using var sentApplication = Until(generation, () => sending.NextApplication(suite));
                    using var sentHandshake = Until(generation, () => sending.NextHandshake(suite));
                    Same(sentApplication, "application");
                    Same(sentHandshake, "handshake");
                    if (leaves.Count == 1)
                        continue;
                    using var readApplication = otherTree.Stage(suite, leaf, handshake: false, generation);
                    Same(readApplication.Key, "application");
                    readApplication.Take();
                    using var readHandshake = otherTree.Stage(suite, leaf, handshake: true, generation);
                    Same(readHandshake.Key, "handshake");
                    readHandshake.Take();

                    void Same(MessageKey key, string kind)
                    {
                        Opaque.Copy(key.Key.Span).ShouldBe(expected.Bytes(kind + "_key"));
                        Opaque.Copy(key.Nonce.Span).ShouldBe(expected.Bytes(kind + "_nonce"));
                    }
                }
            }
        }
    });

    [Fact]
    public void Sender_data_key_and_nonce_match_the_vectors() => VectorFile.Open("secret-tree").ForEachSuite((testCase, suite) =>
    {
        var expected = testCase.GetProperty("sender_data");
        using var secret = expected.SecretOf("sender_data_secret");
        var (key, nonce) = (new byte[suite.Aead.KeySize], new byte[suite.Aead.NonceSize]);
        SenderData.DeriveKeyAndNonce(suite, secret, expected.Bytes("ciphertext").Span, key, nonce);
        new Opaque(key).ShouldBe(expected.Bytes("key"));
        new Opaque(nonce).ShouldBe(expected.Bytes("nonce"));
    });

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
