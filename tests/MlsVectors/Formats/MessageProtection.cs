using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "group_id", "epoch": uint64, "tree_hash", "confirmed_transcript_hash",
//   "signature_priv", "signature_pub", "encryption_secret", "sender_data_secret", "membership_key",
//   "proposal", "proposal_priv", "proposal_pub": MLSMessage,
//   "commit", "commit_priv", "commit_pub",
//   "application", "application_priv"
// }

/// <summary>message-protection: handshake messages in both framings and application messages, read and made (§6).</summary>
public static class MessageProtection
{
    /// <summary>The case's messages open to what it says.</summary>
    public static void Opening(JsonElement testCase, CipherSuite suite)
    {
        var epoch = new ProtectionEpoch(testCase, suite);
        foreach (var (name, type) in new[] { ("proposal", ContentType.Proposal), ("commit", ContentType.Commit), ("application", ContentType.Application) })
        {
            var message = testCase.Decoded<MlsMessage>(name + "_priv").PrivateMessage ?? throw new VectorException($"'{name}_priv' is no PrivateMessage");
            Agree.On(message.ContentType, type, $"the content type of '{name}_priv'");
            Agree.On(Encode(epoch.Open(message)), testCase.Bytes(name), $"{name}_priv, opened");
        }
        foreach (var (name, type) in new[] { ("proposal", ContentType.Proposal), ("commit", ContentType.Commit) })
        {
            var message = testCase.Decoded<MlsMessage>(name + "_pub").PublicMessage ?? throw new VectorException($"'{name}_pub' is no PublicMessage");
            Agree.On(message.Content.Body.Type, type, $"the content type of '{name}_pub'");
            Agree.On(Encode(epoch.Open(message)), testCase.Bytes(name), $"{name}_pub, opened");
        }
    }

    /// <summary>What is protected with the case's keys opens to the same: handshake messages in both framings, application data in one.</summary>
    public static void Protecting(JsonElement testCase, CipherSuite suite)
    {
        var epoch = new ProtectionEpoch(testCase, suite);
        var proposal = new ProposalBody(testCase.Decoded<Proposal>("proposal"));
        var commit = new CommitBody(testCase.Decoded<Commit>("commit"));
        foreach (var (name, body) in new (string, FramedBody)[] { ("proposal", proposal), ("commit", commit), ("application", new ApplicationBody(testCase.Bytes("application"))) })
            Agree.On(Encode(epoch.Open(Again(epoch.ProtectPrivate(body)))), testCase.Bytes(name), $"{name}, as an own PrivateMessage");
        foreach (var (name, body) in new (string, FramedBody)[] { ("proposal", proposal), ("commit", commit) })
            Agree.On(Encode(epoch.Open(Again(epoch.ProtectPublic(body)))), testCase.Bytes(name), $"{name}, as an own PublicMessage");
    }

    private static T Again<T>(T message) where T : IWireStruct<T> => Tls.Decode<T>(Tls.Encode(message));

    // Application data stands in the file without the length that it has on the wire.
    private static Opaque Encode(FramedBody body)
    {
        if (body is ApplicationBody application)
            return application.Data;
        using var writer = new TlsWriter();
        body.WriteTo(writer);
        return writer.ToOpaque();
    }
}
