using System.Text;
using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "group_id", "initial_init_secret",
//   "epochs": [{
//     "tree_hash", "commit_secret", "psk_secret", "confirmed_transcript_hash",
//     "group_context", "joiner_secret", "welcome_secret", "init_secret",
//     "sender_data_secret", "encryption_secret", "exporter_secret", "epoch_authenticator",
//     "external_secret", "confirmation_key", "membership_key", "resumption_psk", "external_pub",
//     "exporter": { "label": string, "context", "length": uint32, "secret" }
//   }]
// }

/// <summary>key-schedule: from one epoch's init_secret to the next (§8).</summary>
public static class KeyScheduleFormat
{
    public static void Epochs(JsonElement testCase, CipherSuite suite)
    {
        var init = testCase.SecretOf(suite, "initial_init_secret");
        foreach (var (number, epoch) in testCase.List("epochs").Index())
        {
            using var before = init;
            var context = new GroupContext(suite.Id, testCase.Bytes("group_id"), new Epoch((ulong)number),
                epoch.Bytes("tree_hash"), epoch.Bytes("confirmed_transcript_hash"), ExtensionList.Empty);
            Agree.On(context.Encode(), epoch.Bytes("group_context"), $"epoch {number}, group_context");

            using var commitSecret = epoch.SecretOf(suite, "commit_secret");
            using var pskSecret = epoch.SecretOf(suite, "psk_secret");
            using var joiner = JoinerSecret.Derive(suite, before, commitSecret, context);
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
            Agree.On(external.PublicKey.Value, epoch.Bytes("external_pub"), $"epoch {number}, external_pub");

            var exporter = epoch.Field("exporter");
            using var exported = secrets.Export(suite, Encoding.UTF8.GetBytes(exporter.Text("label")), exporter.Bytes("context").Span, exporter.Count("length"));
            Agree.On(exported, exporter.Bytes("secret"), $"epoch {number}, exporter");
            init = Secret.Copy(secrets.Init.Span);

            void Same(Secret secret, string name) => Agree.On(secret, epoch.Bytes(name), $"epoch {number}, {name}");
        }
        init.Dispose();
    }
}
