using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.MlsVectors.Formats;

// { "cipher_suite": uint16, "psks": [{ "psk_id", "psk", "psk_nonce" }], "psk_secret" }

/// <summary>psk_secret: external PSKs, chained in order (§8.4).</summary>
public static class PskSecretFormat
{
    public static void Chain(JsonElement testCase, CipherSuite suite)
    {
        var psks = testCase.List("psks")
            .Select(psk => ((PreSharedKeyId)new ExternalPskId(psk.Bytes("psk_id"), psk.Bytes("psk_nonce")), psk.SecretOf("psk")))
            .ToList();
        using var secret = PskSecret.Derive(suite, psks);
        Agree.On(secret, testCase.Bytes("psk_secret"), "psk_secret");
    }
}
