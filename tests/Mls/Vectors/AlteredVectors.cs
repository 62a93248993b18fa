using System.Text.Json.Nodes;
using Skytale.Mls.Crypto;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;
using Skytale.MlsVectors.Running;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>The vector runner must see every difference: whatever value of a case is altered, the case fails.</summary>
public sealed class AlteredVectors
{
    // What no implementation could see.
    private static readonly string[] WithoutConsequence =
    [
        // Of a ciphertext, its first KDF.Nh bytes enter (§6.3.2).
        "secret-tree: sender_data.ciphertext, a bit", "secret-tree: sender_data.ciphertext, shorter", "secret-tree: sender_data.ciphertext, longer",

        // Suites 1 and 2 have the same hash and AEAD.
        "secret-tree: cipher_suite, plus one", "psk_secret: cipher_suite, plus one", "transcript-hashes: cipher_suite, plus one",

        // An Add is the same whichever member proposes it, and so is a Remove.
        "tree-operations: proposal_sender, plus one",
    ];

    [Theory]
    [InlineData("crypto-basics", 0)]
    [InlineData("deserialization", 5)]
    [InlineData("key-schedule", 0)]
    [InlineData("message-protection", 0)]
    [InlineData("passive-client-welcome", 0)]
    [InlineData("passive-client-handling-commit", 0)]
    [InlineData("psk_secret", 3)]
    [InlineData("secret-tree", 0)]
    [InlineData("secret-tree", 1)]
    [InlineData("transcript-hashes", 0)]
    [InlineData("tree-math", 3)]
    [InlineData("tree-operations", 0)]
    [InlineData("tree-operations", 2)]
    [InlineData("tree-operations", 3)]
    [InlineData("tree-validation", 3)]
    [InlineData("treekem", 1)]
    [InlineData("welcome", 0)]
    public void A_case_fails_whichever_of_its_values_is_altered(string name, int index)
    {
        var file = VectorFile.Open(name);
        var testCase = JsonNode.Parse(file.Content)!.AsArray()[index]!;
        Run(file.Name, testCase).ShouldBe(1, "the case as it is");
        var unseen = Alterations.Of(testCase).Where(altered => Run(file.Name, altered.Altered) > 0).Select(altered => $"{name}: {altered.Path}, {altered.Kind}");
        unseen.Except(WithoutConsequence).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_fails_when_it_is_cut_or_goes_on_or_is_missing()
    {
        var file = VectorFile.Open("messages");
        var testCase = JsonNode.Parse(file.Content)!.AsArray()[0]!;
        Run(file.Name, testCase).ShouldBe(1, "the case as it is");
        foreach (var (path, kind, altered) in Alterations.Of(testCase).Where(altered => altered.Kind != "a bit"))
            Run(file.Name, altered).ShouldBe(0, $"{path}, {kind}");
        foreach (var name in testCase.AsObject().Select(member => member.Key).ToArray())
        {
            var without = testCase.DeepClone();
            without.AsObject().Remove(name);
            Run(file.Name, without).ShouldBe(0, $"without {name}");
        }
    }

    [Theory]
    [InlineData("mls_welcome", "mls_group_info")]
    [InlineData("mls_key_package", "mls_welcome")]
    [InlineData("public_message_proposal", "public_message_commit")]
    [InlineData("public_message_application", "private_message")]
    public void A_message_of_another_kind_fails(string name, string other)
    {
        var file = VectorFile.Open("messages");
        var testCase = JsonNode.Parse(file.Content)!.AsArray()[0]!;
        testCase[name] = testCase[other]!.DeepClone();
        Run(file.Name, testCase).ShouldBe(0);
    }

    [Fact]
    public void A_generation_that_no_message_could_reach_at_once_is_checked_too()
    {
        var file = VectorFile.Open("secret-tree");
        var testCase = JsonNode.Parse(file.Content)!.AsArray()[1]!;
        var suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);
        var secret = Secret.Copy(Convert.FromHexString(testCase["encryption_secret"]!.GetValue<string>()));
        var (sending, receiving) = ReceivingTree.Split(suite, secret, 8, new LeafIndex(0));
        using (sending)
        using (receiving)
        {
            const int Far = 3 * RatchetLimits.MaxForward;
            for (var generation = 0; generation < Far; generation++)
            {
                sending.NextApplication(suite).Dispose();
                sending.NextHandshake(suite).Dispose();
            }
            using var application = sending.NextApplication(suite);
            using var handshake = sending.NextHandshake(suite);
            var far = new JsonObject
            {
                ["generation"] = Far,
                ["application_key"] = Convert.ToHexStringLower(application.Key.Span),
                ["application_nonce"] = Convert.ToHexStringLower(application.Nonce.Span),
                ["handshake_key"] = Convert.ToHexStringLower(handshake.Key.Span),
                ["handshake_nonce"] = Convert.ToHexStringLower(handshake.Nonce.Span),
            };
            testCase["leaves"]![0]!.AsArray().Add(far);
            Run(file.Name, testCase).ShouldBe(1);
            far["generation"] = Far + 1;
            Run(file.Name, testCase).ShouldBe(0);
        }
    }

    private static int Run(string name, JsonNode testCase)
    {
        var run = FileRun.Of(name, System.Text.Encoding.UTF8.GetBytes(new JsonArray(testCase.DeepClone()).ToJsonString()));
        (run.Passed + run.Failures.Count).ShouldBe(1);
        return run.Passed;
    }
}
