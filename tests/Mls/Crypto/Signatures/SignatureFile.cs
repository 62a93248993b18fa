using System.Text;
using System.Text.Json;

namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>
/// signatures.json: every adversarial signature with its verdict. Written by the generators beside this file, with their
/// own arithmetic, and kept, so that a verdict changes only in the open.
/// </summary>
internal static class SignatureFile
{
    public static IReadOnlyList<SignatureCase> All { get; } = Read();

    /// <summary>What the generators make, as the file would be.</summary>
    public static string Generate()
    {
        var text = new StringBuilder("[\n");
        SignatureCase[] cases =
        [
            .. new EdDsaCases("ed25519", TwistedEdwards.Ed25519).All(),
            .. new EdDsaCases("ed448", TwistedEdwards.Ed448).All(),
            .. new EcdsaCases("ecdsa_secp256r1_sha256", ShortWeierstrass.P256).All(),
            .. new EcdsaCases("ecdsa_secp384r1_sha384", ShortWeierstrass.P384).All(),
            .. new EcdsaCases("ecdsa_secp521r1_sha512", ShortWeierstrass.P521).All(),
        ];
        foreach (var (i, entry) in cases.Index())
        {
            text.Append("  {\"scheme\": \"").Append(entry.Scheme).Append("\", \"name\": \"").Append(entry.Name)
                .Append("\", \"public_key\": \"").Append(Convert.ToHexStringLower(entry.PublicKey))
                .Append("\", \"message\": \"").Append(Convert.ToHexStringLower(entry.Message))
                .Append("\", \"signature\": \"").Append(Convert.ToHexStringLower(entry.Signature))
                .Append("\", \"key_valid\": ").Append(entry.KeyValid ? "true" : "false")
                .Append(", \"valid\": ").Append(entry.Valid ? "true" : "false")
                .Append(i == cases.Length - 1 ? "}\n" : "},\n");
        }
        return text.Append("]\n").ToString();
    }

    /// <summary>The file as it stands beside the tests' assembly.</summary>
    public static string Text => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "signatures.json"));

    private static List<SignatureCase> Read()
    {
        using var document = JsonDocument.Parse(Text);
        return [.. document.RootElement.EnumerateArray().Select(Case)];
    }

    private static SignatureCase Case(JsonElement entry) => new(
        entry.GetProperty("scheme").GetString()!,
        entry.GetProperty("name").GetString()!,
        Bytes(entry, "public_key"),
        Bytes(entry, "message"),
        Bytes(entry, "signature"),
        entry.GetProperty("key_valid").GetBoolean(),
        entry.GetProperty("valid").GetBoolean());

    private static byte[] Bytes(JsonElement entry, string name) => Convert.FromHexString(entry.GetProperty(name).GetString()!);
}
