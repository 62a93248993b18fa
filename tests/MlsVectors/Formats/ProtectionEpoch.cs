using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.MlsVectors.Formats;

/// <summary>The epoch of a message-protection case: two members; messages come from leaf 1 and are read at leaf 0.</summary>
internal sealed class ProtectionEpoch(JsonElement testCase, CipherSuite suite)
{
    private static readonly LeafIndex Reader = new(0);
    private static readonly LeafIndex Writer = new(1);

    private readonly GroupContext _context = new(
        suite.Id, testCase.Bytes("group_id"), new Epoch(testCase.UInt64("epoch")),
        testCase.Bytes("tree_hash"), testCase.Bytes("confirmed_transcript_hash"), ExtensionList.Empty);

    private readonly SignaturePublicKey _writerKey = new(testCase.Bytes("signature_pub"));

    public PrivateMessage ProtectPrivate(FramedBody body)
    {
        var (sending, receiving) = ReceivingTree.Split(suite, testCase.SecretOf(suite, "encryption_secret"), 2, Writer);
        using (sending)
        using (receiving)
        using (var key = body is ApplicationBody ? sending.NextApplication(suite) : sending.NextHandshake(suite))
        using (var secrets = Secrets())
            return new PrivateMessageCipher(suite, secrets.SenderData).Seal(Sign(WireFormat.PrivateMessage, body), key, 256, Randomness.Fill);
    }

    public PublicMessage ProtectPublic(FramedBody body)
    {
        using var secrets = Secrets();
        return MembershipTag.Protect(suite, Sign(WireFormat.PublicMessage, body), _context, secrets);
    }

    public FramedBody Open(PrivateMessage message)
    {
        using var secrets = Secrets();
        var (sending, receiving) = ReceivingTree.Split(suite, testCase.SecretOf(suite, "encryption_secret"), 2, Reader);
        using (sending)
        using (receiving)
        {
            var cipher = new PrivateMessageCipher(suite, secrets.SenderData);
            var senderData = cipher.OpenSenderData(message);
            Agree.On(senderData.Leaf, Writer, "the sender");
            using var key = receiving.Stage(suite, Writer, message.ContentType != ContentType.Application, senderData.Generation);
            using var opened = cipher.Open(message, senderData, key.Key);
            opened.Content.Verify(suite, _context, _writerKey);

            // What was decrypted is zeroed with the message that it was read from.
            return opened.Content.Content.Body is ApplicationBody application ? new ApplicationBody(Opaque.Copy(application.Data.Span)) : opened.Content.Content.Body;
        }
    }

    public FramedBody Open(PublicMessage message)
    {
        using var secrets = Secrets();
        MembershipTag.Verify(suite, message, _context, secrets);
        var verified = message.Authenticated.Verify(suite, _context, _writerKey);
        Agree.On(verified.Sender, Sender.Member(Writer), "the sender");
        return verified.Content.Body;
    }

    private AuthenticatedContent Sign(WireFormat format, FramedBody body)
    {
        using var signer = testCase.Signer(suite, "signature_priv", _writerKey);
        var content = new FramedContent(_context.GroupId, _context.Epoch, Sender.Member(Writer), Opaque.Empty, body);
        var signed = AuthenticatedContent.Sign(suite, format, content, _context, signer.PrivateKey);

        // Whether a confirmation tag is right is transcript-hashes' matter: any bytes travel here.
        return body is CommitBody ? signed.WithConfirmationTag(suite.Hash("tag"u8)) : signed;
    }

    // Only two secrets of the epoch enter; the format has no others.
    private EpochSecrets Secrets() => new()
    {
        SenderData = testCase.SecretOf(suite, "sender_data_secret"),
        Membership = testCase.SecretOf(suite, "membership_key"),
        Exporter = Secret.Zero(0),
        EpochAuthenticator = Secret.Zero(0),
        External = Secret.Zero(0),
        Confirmation = Secret.Zero(0),
        Resumption = Secret.Zero(0),
        Init = Secret.Zero(0),
    };
}
