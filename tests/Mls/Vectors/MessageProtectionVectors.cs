using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>The vectors' group has two members; the message comes from leaf 1 and is read at leaf 0.</summary>
public sealed class MessageProtectionVectors
{
    private static readonly LeafIndex Reader = new(0);
    private static readonly LeafIndex Writer = new(1);

    [Fact]
    public void Messages_of_the_vectors_open() => VectorFile.Open("message-protection").ForEachSuite((testCase, suite) =>
    {
        Unprotect(testCase, suite, Message(testCase, "proposal_priv").PrivateMessage!).ShouldBe(testCase.Bytes("proposal"));
        Unprotect(testCase, suite, Message(testCase, "commit_priv").PrivateMessage!).ShouldBe(testCase.Bytes("commit"));
        Unprotect(testCase, suite, Message(testCase, "application_priv").PrivateMessage!).ShouldBe(testCase.Bytes("application"));
        Unprotect(testCase, suite, Message(testCase, "proposal_pub").PublicMessage!).ShouldBe(testCase.Bytes("proposal"));
        Unprotect(testCase, suite, Message(testCase, "commit_pub").PublicMessage!).ShouldBe(testCase.Bytes("commit"));
    });

    [Fact]
    public void What_is_protected_here_opens_again() => VectorFile.Open("message-protection").ForEachSuite((testCase, suite) =>
    {
        var proposal = new ProposalBody(Tls.Decode<Proposal>(testCase.Bytes("proposal")));
        var commit = new CommitBody(Tls.Decode<Commit>(testCase.Bytes("commit")));
        Unprotect(testCase, suite, Seal(testCase, suite, proposal)).ShouldBe(testCase.Bytes("proposal"));
        Unprotect(testCase, suite, Seal(testCase, suite, commit)).ShouldBe(testCase.Bytes("commit"));
        Unprotect(testCase, suite, Seal(testCase, suite, new ApplicationBody(testCase.Bytes("application")))).ShouldBe(testCase.Bytes("application"));

        using var secrets = Secrets(testCase);
        foreach (var body in new FramedBody[] { proposal, commit })
        {
            var signed = Sign(testCase, suite, WireFormat.PublicMessage, body);
            var message = MembershipTag.Protect(suite, signed, Context(testCase, suite), secrets);
            Unprotect(testCase, suite, message).ShouldBe(Encode(body));
        }
    });

    private static MlsMessage Message(JsonElement testCase, string name) => Tls.Decode<MlsMessage>(testCase.Bytes(name));

    private static GroupContext Context(JsonElement testCase, CipherSuite suite) => new(
        suite.Id, testCase.Bytes("group_id"), new Epoch(testCase.GetProperty("epoch").GetUInt64()),
        testCase.Bytes("tree_hash"), testCase.Bytes("confirmed_transcript_hash"), ExtensionList.Empty);

    private static SignaturePublicKey SignatureKey(JsonElement testCase) => new(testCase.Bytes("signature_pub"));

    // Only two secrets of the epoch enter; the vectors give no others.
    private static EpochSecrets Secrets(JsonElement testCase) => new()
    {
        SenderData = testCase.SecretOf("sender_data_secret"),
        Membership = testCase.SecretOf("membership_key"),
        Exporter = Secret.Zero(0),
        EpochAuthenticator = Secret.Zero(0),
        External = Secret.Zero(0),
        Confirmation = Secret.Zero(0),
        Resumption = Secret.Zero(0),
        Init = Secret.Zero(0),
    };

    private static AuthenticatedContent Sign(JsonElement testCase, CipherSuite suite, WireFormat format, FramedBody body)
    {
        var context = Context(testCase, suite);
        using var seed = testCase.SecretOf("signature_priv");
        using var signer = suite.Signature.FromSeed(seed.Span[..Math.Min(seed.Length, suite.Signature.SeedSize)]);
        var content = new FramedContent(context.GroupId, context.Epoch, Sender.Member(Writer), Opaque.Empty, body);
        var signed = AuthenticatedContent.Sign(suite, format, content, context, signer.PrivateKey);
        // The tag's own correctness is transcript-hashes' matter: any bytes travel here.
        return body is CommitBody ? signed.WithConfirmationTag(suite.Hash("tag"u8)) : signed;
    }

    private static PrivateMessage Seal(JsonElement testCase, CipherSuite suite, FramedBody body)
    {
        var (sending, receiving) = ReceivingTree.Split(suite, testCase.SecretOf("encryption_secret"), 2, Writer);
        using (sending)
        using (receiving)
        using (var key = body is ApplicationBody ? sending.NextApplication(suite) : sending.NextHandshake(suite))
        using (var secrets = Secrets(testCase))
        {
            var cipher = new PrivateMessageCipher(suite, secrets.SenderData);
            return cipher.Seal(Sign(testCase, suite, WireFormat.PrivateMessage, body), key, 256, RandomNumberGenerator.Fill);
        }
    }

    private static Opaque Unprotect(JsonElement testCase, CipherSuite suite, PrivateMessage message)
    {
        using var secrets = Secrets(testCase);
        var (sending, receiving) = ReceivingTree.Split(suite, testCase.SecretOf("encryption_secret"), 2, Reader);
        using (sending)
        using (receiving)
        {
            var cipher = new PrivateMessageCipher(suite, secrets.SenderData);
            var senderData = cipher.OpenSenderData(message);
            senderData.Leaf.ShouldBe(Writer);
            using var key = receiving.Stage(suite, Writer, message.ContentType != ContentType.Application, senderData.Generation);
            using var opened = cipher.Open(message, senderData, key.Key);
            opened.Content.Verify(suite, Context(testCase, suite), SignatureKey(testCase));
            return Encode(opened.Content.Content.Body);
        }
    }

    private static Opaque Unprotect(JsonElement testCase, CipherSuite suite, PublicMessage message)
    {
        using var secrets = Secrets(testCase);
        var context = Context(testCase, suite);
        MembershipTag.Verify(suite, message, context, secrets);
        var verified = message.Authenticated.Verify(suite, context, SignatureKey(testCase));
        verified.Sender.ShouldBe(Sender.Member(Writer));
        return Encode(verified.Content.Body);
    }

    private static Opaque Encode(FramedBody body)
    {
        if (body is ApplicationBody application)
            return Opaque.Copy(application.Data.Span);
        using var writer = new TlsWriter();
        body.WriteTo(writer);
        return writer.ToOpaque();
    }
}
