using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.MlsVectors.Formats;

// { "cipher_suite": uint16, "init_priv", "signer_pub", "key_package", "welcome" }

/// <summary>welcome: a Welcome opens, its GroupInfo is signed and confirmed (§12.4.3.1).</summary>
public static class WelcomeFormat
{
    public static void Opens(JsonElement testCase, CipherSuite suite)
    {
        var keyPackage = testCase.Decoded<MlsMessage>("key_package").KeyPackage ?? throw new VectorException("'key_package' is no KeyPackage");
        var welcome = testCase.Decoded<MlsMessage>("welcome").Welcome ?? throw new VectorException("'welcome' is no Welcome");
        Agree.On(keyPackage.CipherSuite, suite.Id, "the KeyPackage's cipher suite");
        Agree.On(welcome.CipherSuite, suite.Id, "the Welcome's cipher suite");
        using var initKey = testCase.HpkePair(suite, "init_priv", keyPackage.InitKey);

        using var groupSecrets = WelcomeCipher.OpenSecrets(suite, welcome, keyPackage.Reference(suite), initKey);
        Agree.That(groupSecrets.Psks.IsEmpty, "the Welcome needs PSKs, of which the format has none");
        using var joiner = new JoinerSecret(suite, Secret.Copy(groupSecrets.JoinerSecret.Span));
        using var pskSecret = PskSecret.None(suite);
        var groupInfo = WelcomeCipher.OpenGroupInfo(suite, welcome, joiner, pskSecret);
        Agree.On(groupInfo.GroupContext.CipherSuite, suite.Id, "the GroupContext's cipher suite");
        groupInfo.VerifySignature(suite, new SignaturePublicKey(testCase.Bytes("signer_pub")));

        using var secrets = joiner.DeriveEpoch(pskSecret, groupInfo.GroupContext);
        Agree.On(secrets.ConfirmationTag(suite, groupInfo.GroupContext.ConfirmedTranscriptHash), groupInfo.ConfirmationTag, "the confirmation tag");
    }
}
