using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16,
//   "external_psks": [{ "psk_id", "psk" }],
//   "key_package": MLSMessage, "signature_priv", "encryption_priv", "init_priv",
//   "welcome": MLSMessage, "ratchet_tree": optional, "initial_epoch_authenticator",
//   "epochs": [{ "proposals": [MLSMessage], "commit": MLSMessage, "epoch_authenticator" }]
// }

/// <summary>passive-client-*: a client that only listens: it joins by a Welcome and follows commits of every kind.</summary>
public static class PassiveClient
{
    public static void Follow(JsonElement testCase, CipherSuite suite)
    {
        using var bundle = Bundle(testCase);
        Agree.On(bundle.KeyPackage.CipherSuite, suite.Id, "the KeyPackage's cipher suite");
        using var signer = testCase.Signer(suite, "signature_priv", bundle.KeyPackage.LeafNode.SignatureKey);
        using var psks = new KnownPsks(testCase.OptionalList("external_psks"));
        var welcome = testCase.Decoded<MlsMessage>("welcome").Welcome ?? throw new VectorException("'welcome' is no Welcome");
        var options = new JoinOptions
        {
            RatchetTree = testCase.OptionalBytes("ratchet_tree") is { } tree ? Tls.Decode<RatchetTree>(tree) : null,
            FindPsk = psks.Find,
        };

        var group = MlsGroup.Join(welcome, bundle, signer, options);
        try
        {
            AuthenticatorIs(group, testCase.Bytes("initial_epoch_authenticator"), "initial_epoch_authenticator");
            psks.Keep(group);
            foreach (var (number, epoch) in testCase.List("epochs").Index())
            {
                using var before = group;
                group = Next(before, epoch, psks);
                AuthenticatorIs(group, epoch.Bytes("epoch_authenticator"), $"epoch_authenticator of epochs[{number}]");
                psks.Keep(group);
            }
        }
        finally
        {
            group.Dispose();
        }
    }

    private static MlsGroup Next(MlsGroup group, JsonElement epoch, KnownPsks psks)
    {
        foreach (var proposal in epoch.List("proposals"))
            group.Receive(Tls.Decode<MlsMessage>(proposal.AsBytes("proposals")));
        using var staged = group.Process(epoch.Decoded<MlsMessage>("commit"), new ProcessOptions { FindPsk = psks.Find });
        return group.Merge(staged);
    }

    private static void AuthenticatorIs(MlsGroup group, Opaque expected, string what)
    {
        using var authenticator = group.EpochAuthenticator;
        Agree.On(authenticator, expected, what);
    }

    // A bundle is made by its client alone: this one is put together as its client would have stored it.
    private static KeyPackageBundle Bundle(JsonElement testCase)
    {
        var keyPackage = testCase.Decoded<MlsMessage>("key_package").KeyPackage ?? throw new VectorException("'key_package' is no KeyPackage");
        using var state = new TlsWriter();
        state.WriteUInt8(1);
        state.WriteOpaque(testCase.Bytes("init_priv"));
        state.WriteOpaque(testCase.Bytes("encryption_priv"));
        state.Write(keyPackage);
        return KeyPackageBundle.Deserialize(state.WrittenSpan);
    }
}
