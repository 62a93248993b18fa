using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>A client that only listens: it joins by a Welcome and follows commits of every kind.</summary>
public sealed class PassiveClientVectors
{
    [Fact]
    public void A_client_joins_from_every_welcome() => VectorFile.Open("passive-client-welcome").ForEachSuite(Follow);

    [Fact]
    public void A_client_follows_every_commit() => VectorFile.Open("passive-client-handling-commit").ForEachSuite(Follow);

    private static void Follow(JsonElement testCase, CipherSuite suite)
    {
        var resumptionPsks = new Dictionary<(Opaque GroupId, Epoch Epoch), Secret>();
        using var bundle = Bundle(testCase);
        using var signer = suite.Signature.FromSeed(testCase.Bytes("signature_priv").Span);
        var options = new JoinOptions
        {
            RatchetTree = testCase.GetProperty("ratchet_tree") is { ValueKind: JsonValueKind.String } tree ? Tls.Decode<RatchetTree>(tree.Bytes()) : null,
            FindPsk = FindPsk,
        };
        var group = MlsGroup.Join(Message(testCase.GetProperty("welcome")).Welcome!, bundle, signer, options);
        AuthenticatorIs(group, testCase.Bytes("initial_epoch_authenticator"));
        resumptionPsks.Add((group.GroupId, group.Epoch), group.ResumptionPsk);
        foreach (var epoch in testCase.List("epochs"))
        {
            foreach (var proposal in epoch.List("proposals"))
                group.Receive(Message(proposal).PublicMessage!);
            using var staged = group.Process(Message(epoch.GetProperty("commit")).PublicMessage!, new ProcessOptions { FindPsk = FindPsk });
            using var before = group;
            group = group.Merge(staged);
            AuthenticatorIs(group, epoch.Bytes("epoch_authenticator"));
            resumptionPsks.Add((group.GroupId, group.Epoch), group.ResumptionPsk);
        }
        group.Dispose();

        Secret? FindPsk(PreSharedKeyId id) => id switch
        {
            ExternalPskId external => testCase.List("external_psks").Where(psk => psk.Bytes("psk_id") == external.PskId).Select(psk => psk.SecretOf("psk")).SingleOrDefault(),
            ResumptionPskId own when resumptionPsks.TryGetValue((own.PskGroupId, own.PskEpoch), out var psk) => Secret.Copy(psk.Span),
            _ => null,
        };
    }

    private static void AuthenticatorIs(MlsGroup group, Opaque expected)
    {
        using var authenticator = group.EpochAuthenticator;
        Opaque.Copy(authenticator.Span).ShouldBe(expected);
    }

    private static MlsMessage Message(JsonElement message) => Tls.Decode<MlsMessage>(message.Bytes());

    // A bundle is made by its client alone: the vectors' one is put together as its client would have stored it.
    private static KeyPackageBundle Bundle(JsonElement testCase)
    {
        using var state = new TlsWriter();
        state.WriteUInt8(1);
        state.WriteOpaque(testCase.Bytes("init_priv"));
        state.WriteOpaque(testCase.Bytes("encryption_priv"));
        state.Write(Message(testCase.GetProperty("key_package")).KeyPackage!);
        return KeyPackageBundle.Deserialize(state.WrittenSpan);
    }
}
