using System.Text.Json;
using System.Text.RegularExpressions;
using Skytale.Mls.Crypto;
using Skytale.MlsVectors.Formats;

namespace Skytale.MlsVectors.Running;

/// <summary>One of the working group's formats: its name, and what must hold for a case.</summary>
public sealed partial class VectorFormat
{
    private readonly Action<JsonElement>[] _checks;

    private VectorFormat(string name, params Action<JsonElement>[] checks)
    {
        Name = name;
        _checks = checks;
    }

    private VectorFormat(string name, params Action<JsonElement, CipherSuite>[] checks)
        : this(name, [.. checks.Select<Action<JsonElement, CipherSuite>, Action<JsonElement>>(check => testCase => check(testCase, SuiteOf(testCase)))])
    {
    }

    /// <summary>All of them. A file's name tells which; passive-client files may have any name.</summary>
    public static IReadOnlyList<VectorFormat> All { get; } =
    [
        new("crypto-basics", CryptoBasics.LabelledFunctions, CryptoBasics.Signatures, CryptoBasics.Encryption),
        new("deserialization", Deserialization.Lengths),
        new("key-schedule", KeyScheduleFormat.Epochs),
        new("message-protection", MessageProtection.Opening, MessageProtection.Protecting),
        new("messages", MessagesFormat.RoundTrips),
        new("passive-client", PassiveClient.Follow),
        new("psk-secret", PskSecretFormat.Chain),
        new("secret-tree", SecretTreeFormat.Ratchets, SecretTreeFormat.SenderDataKeys),
        new("transcript-hashes", TranscriptHashesFormat.HashesAndTag),
        new("tree-math", TreeMathFormat.Relations),
        new("tree-operations", TreeOperations.Apply),
        new("tree-validation", TreeValidationFormat.Tree),
        new("treekem", TreeKemFormat.UpdatePaths),
        new("welcome", WelcomeFormat.Opens),
    ];

    public string Name { get; }

    /// <summary>The format of a file, or null when neither its name nor its content tells one.</summary>
    public static VectorFormat? Of(string fileName, JsonElement cases)
    {
        // The scripts that record passive clients call their files what they like: their cases are told by two members.
        if (cases.EnumerateArray().Any(testCase => testCase.ValueKind == JsonValueKind.Object
            && testCase.TryGetProperty("welcome", out _)
            && (testCase.TryGetProperty("epochs", out _) || testCase.TryGetProperty("initial_epoch_authenticator", out _))))
        {
            return All.Single(format => format.Name == "passive-client");
        }

        // Others put their own name before the format's, or a number or a word behind it.
        var name = "-" + NoWords().Replace(Path.GetFileNameWithoutExtension(fileName).ToLowerInvariant(), "-") + "-";
        return All.Where(format => name.Contains($"-{format.Name}-", StringComparison.Ordinal)).MaxBy(format => format.Name.Length);
    }

    /// <summary>Throws when the case does not hold.</summary>
    public void Check(JsonElement testCase)
    {
        foreach (var check in _checks)
            check(testCase);
    }

    /// <summary>The case's suite.</summary>
    /// <exception cref="VectorException">It is not implemented, or there is none.</exception>
    internal static CipherSuite SuiteOf(JsonElement testCase)
    {
        var number = testCase.UInt32("cipher_suite");
        return number <= ushort.MaxValue && CipherSuite.All.TryGetValue((CipherSuiteId)number, out var suite)
            ? suite
            : throw new VectorException($"cipher suite {number} is not known here");
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoWords();
}
