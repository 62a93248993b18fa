using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.MlsVectors;
using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class WelcomeVectors
{
    [Fact]
    public void Welcomes_of_the_vectors_open_and_their_signature_and_tag_hold() => VectorFile.Open("welcome").ForEachSuite(WelcomeFormat.Opens);

    [Fact]
    public void A_changed_welcome_does_not_open() => VectorFile.Open("welcome").ForEachSuite((testCase, suite) =>
    {
        var keyPackage = Tls.Decode<MlsMessage>(testCase.Bytes("key_package")).KeyPackage.ShouldNotBeNull();
        var welcome = Tls.Decode<MlsMessage>(testCase.Bytes("welcome")).Welcome.ShouldNotBeNull();
        using var initKey = suite.KeyPairOf(new HpkePrivateKey(testCase.SecretOf("init_priv")));
        var reference = keyPackage.Reference(suite);

        // The encrypted GroupInfo is the context of the secrets' encryption: changing it shows there first.
        var bytes = welcome.EncryptedGroupInfo.Span.ToArray();
        bytes[0] ^= 1;
        var changed = welcome with { EncryptedGroupInfo = new Opaque(bytes) };
        Expect.Refused(MlsError.WelcomeOpenFailed, () => WelcomeCipher.OpenSecrets(suite, changed, reference, initKey));
        Expect.Refused(MlsError.WelcomeNotForMe, () => WelcomeCipher.OpenSecrets(suite, welcome, Opaque.Copy("somebody"u8), initKey));

        using var groupSecrets = WelcomeCipher.OpenSecrets(suite, welcome, reference, initKey);
        using var joiner = new JoinerSecret(suite, Secret.Copy(groupSecrets.JoinerSecret.Span));
        using var pskSecret = PskSecret.None(suite);
        Expect.Refused(MlsError.WelcomeOpenFailed, () => WelcomeCipher.OpenGroupInfo(suite, changed, joiner, pskSecret));
        foreach (var length in new[] { 0, 1, 15 })
        {
            var cut = welcome with { EncryptedGroupInfo = Opaque.Copy(bytes.AsSpan(0, length)) };
            Expect.Refused(MlsError.WelcomeOpenFailed, () => WelcomeCipher.OpenGroupInfo(suite, cut, joiner, pskSecret));
        }
    });
}
