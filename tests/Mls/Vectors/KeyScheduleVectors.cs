using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Tests.Vectors;

public sealed class KeyScheduleVectors
{
    [Fact]
    public void Every_secret_of_five_epochs_matches_the_vectors() => VectorFile.Open("key-schedule").ForEachSuite((testCase, suite) =>
    {
        var init = testCase.SecretOf("initial_init_secret");
        foreach (var (number, epoch) in testCase.List("epochs").Index())
        {
            var context = new GroupContext(suite.Id, testCase.Bytes("group_id"), new Epoch((ulong)number),
                epoch.Bytes("tree_hash"), epoch.Bytes("confirmed_transcript_hash"), ExtensionList.Empty);
            context.Encode().ShouldBe(epoch.Bytes("group_context"));

            using var commitSecret = epoch.SecretOf("commit_secret");
            using var pskSecret = epoch.SecretOf("psk_secret");
            using var joiner = JoinerSecret.Derive(suite, init, commitSecret, context);
            Same(joiner.Value, "joiner_secret");
            using var welcome = joiner.DeriveWelcomeSecret(pskSecret);
            Same(welcome, "welcome_secret");

            using var secrets = joiner.DeriveEpoch(pskSecret, context);
            using var encryption = secrets.TakeEncryption();
            Same(encryption, "encryption_secret");
            Same(secrets.SenderData, "sender_data_secret");
            Same(secrets.Exporter, "exporter_secret");
            Same(secrets.EpochAuthenticator, "epoch_authenticator");
            Same(secrets.External, "external_secret");
            Same(secrets.Confirmation, "confirmation_key");
            Same(secrets.Membership, "membership_key");
            Same(secrets.Resumption, "resumption_psk");
            Same(secrets.Init, "init_secret");
            using var external = secrets.ExternalKeyPair(suite);
            external.PublicKey.Value.ShouldBe(epoch.Bytes("external_pub"));

            var exporter = epoch.GetProperty("exporter");
            using var exported = secrets.Export(suite, System.Text.Encoding.UTF8.GetBytes(exporter.Text("label")), exporter.Bytes("context").Span, exporter.Number("length"));
            Opaque.Copy(exported.Span).ShouldBe(exporter.Bytes("secret"));
            init = Secret.Copy(secrets.Init.Span);

            void Same(Secret secret, string name) => Opaque.Copy(secret.Span).ShouldBe(epoch.Bytes(name), name);
        }
        init.Dispose();
    });

    [Fact]
    public void Chained_psks_match_the_vectors() => VectorFile.Open("psk_secret").ForEachSuite((testCase, suite) =>
    {
        var psks = testCase.List("psks")
            .Select(psk => ((PreSharedKeyId)new ExternalPskId(psk.Bytes("psk_id"), psk.Bytes("psk_nonce")), psk.SecretOf("psk")))
            .ToList();
        using var secret = PskSecret.Derive(suite, psks);
        Opaque.Copy(secret.Span).ShouldBe(testCase.Bytes("psk_secret"));
    });
}
