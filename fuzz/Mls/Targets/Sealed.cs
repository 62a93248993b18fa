using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>What a member can encrypt: the bytes are changed first and encrypted after, under the right keys.</summary>
internal static class Sealed
{
    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["sealed-content"] = Content,
        ["sealed-handshake"] = Handshake,
        ["sealed-sender-data"] = SenderDataFields,
        ["sealed-path-secret"] = PathSecret,
        ["sealed-group-secrets"] = GroupSecretsInWelcome,
        ["sealed-group-info"] = GroupInfoInWelcome,
    };

    /// <summary>The plaintext of a PrivateMessage of Alice's: content, signature, padding.</summary>
    private static MemberTarget Content(FuzzGroup group)
    {
        var key = group.Alice.Group.Sending.NextApplication(FuzzGroup.Suite);
        var signed = AuthenticatedContent.Sign(
            FuzzGroup.Suite, WireFormat.PrivateMessage, group.Content(new ApplicationBody(Opaque.Copy("hello"u8))), group.Context, group.Alice.Signer.PrivateKey);
        using var plaintext = new TlsWriter();
        signed.Content.Body.WriteTo(plaintext);
        signed.Auth.WriteTo(plaintext);
        plaintext.WriteZeros(16);
        return new MemberTarget(group, [plaintext.WrittenSpan.ToArray()], bytes => group.Bob.Group.Unprotect(Seal(group, signed.Content, key, bytes)).Dispose());
    }

    /// <summary>A FramedContent of Alice's, signed, in a PrivateMessage: a proposal or a commit.</summary>
    private static MemberTarget Handshake(FuzzGroup group)
    {
        var key = group.Alice.Group.Sending.NextHandshake(FuzzGroup.Suite);
        var cipher = new PrivateMessageCipher(FuzzGroup.Suite, group.Alice.Group.Secrets.SenderData);
        return new MemberTarget(group, Corpus.Encode(group.Proposals().Select(proposal => group.Content(new ProposalBody(proposal)))), bytes =>
        {
            var signed = AuthenticatedContent.Sign(FuzzGroup.Suite, WireFormat.PrivateMessage, Tls.Decode<FramedContent>(bytes), group.Context, group.Alice.Signer.PrivateKey);
            if (signed.Content.Body is CommitBody)
                signed = signed.WithConfirmationTag(group.PendingMessage.Auth.ConfirmationTag!.Value);
            if (signed.Content.Sender.Leaf is null)
                throw new MlsException(MlsError.WrongSenderType, "only members encrypt");
            Members.Take(group, Tls.Decode<MlsMessage>(Tls.Encode(new MlsMessage(cipher.Seal(signed, key, 32, group.Random.Fill)))));
        });
    }

    /// <summary>The sender data: leaf, generation and reuse guard.</summary>
    private static MemberTarget SenderDataFields(FuzzGroup group)
    {
        var message = Corpus.PrivateMessage(group);
        var opened = SenderData.Open(FuzzGroup.Suite, group.Alice.Group.Secrets.SenderData, message);
        using var fields = new TlsWriter();
        fields.WriteUInt32(opened.Leaf.Value);
        fields.WriteUInt32(opened.Generation.Value);
        fields.WriteUInt32(opened.ReuseGuard);
        return new MemberTarget(group, [fields.WrittenSpan.ToArray()], bytes =>
        {
            var reader = new TlsReader(bytes);
            var changed = new SenderData(new LeafIndex(reader.ReadUInt32()), new Generation(reader.ReadUInt32()), reader.ReadUInt32());
            group.Bob.Group.Unprotect(message with { EncryptedSenderData = Seal(group, changed, message.ContentType, message.Ciphertext.Span) }).Dispose();
        });
    }

    /// <summary>The path secret that Alice's commit tells Bob, of any length.</summary>
    private static MemberTarget PathSecret(FuzzGroup group)
    {
        var observer = group.Observer();
        var staged = observer.Stage(observer.Verify(group.PendingMessage));
        var (commit, context) = (Corpus.Commit(group), staged.ProvisionalContext.Encode());

        // Bob is Alice's sibling: the first ciphertext of the first node is his.
        var bob = group.Bob.Group.PrivateKeys[NodeIndex.Of(group.Bob.Group.OwnLeaf)]!;
        var node = commit.Path!.Nodes[0];
        using var secret = FuzzGroup.Suite.DecryptWithLabel(bob, Labels.UpdatePathNode, context.Span, node.EncryptedPathSecret[0]);
        return new MemberTarget(group, [secret.Span.ToArray()], bytes =>
        {
            var ciphertext = FuzzGroup.Suite.EncryptWithLabel(bob.PublicKey, Labels.UpdatePathNode, context.Span, bytes, group.Random.Fill);
            var path = commit.Path with { Nodes = commit.Path.Nodes.SetItem(0, node with { EncryptedPathSecret = [ciphertext] }) };
            Insiders.GivePath(group, path);
        })
        {
            // Another ciphertext is another transcript, which the tag is not of; the path was decrypted and fits the tree.
            SeedsEndIn = MlsError.InvalidConfirmationTag,
        };
    }

    /// <summary>What the Welcome tells the joiner alone.</summary>
    private static StatelessTarget GroupSecretsInWelcome(FuzzGroup group)
    {
        var (welcome, joiner) = (group.Pending.Welcome!, group.Joiner);
        using var secrets = OpenSecrets(group);
        return new StatelessTarget(group, Corpus.Encode([secrets]), bytes =>
        {
            var ciphertext = FuzzGroup.Suite.EncryptWithLabel(joiner.Bundle.InitKey.PublicKey, Labels.Welcome, welcome.EncryptedGroupInfo.Span, bytes, group.Random.Fill);
            Join(group, welcome with { Secrets = [new EncryptedGroupSecrets(welcome.Secrets[0].NewMember, ciphertext)] });
        });
    }

    /// <summary>A GroupInfo, signed by Alice, in a Welcome.</summary>
    private static StatelessTarget GroupInfoInWelcome(FuzzGroup group)
    {
        var secrets = OpenSecrets(group);
        return new StatelessTarget(group, Corpus.Encode([group.Pending.GroupInfo]), bytes =>
        {
            using var joiner = new JoinerSecret(FuzzGroup.Suite, secrets.JoinerSecret.Duplicate());
            using var noPsk = PskSecret.None(FuzzGroup.Suite);
            var groupInfo = Insiders.Sign(group, Tls.Decode<GroupInfo>(bytes));
            Join(group, WelcomeCipher.Seal(FuzzGroup.Suite, joiner, noPsk, [], groupInfo, [(group.Joiner.Bundle.KeyPackage, secrets.PathSecret)], group.Random.Fill));
        });
    }

    private static GroupSecrets OpenSecrets(FuzzGroup group)
    {
        var welcome = group.Pending.Welcome!;
        return WelcomeCipher.OpenSecrets(FuzzGroup.Suite, welcome, group.Joiner.Bundle.KeyPackage.Reference(FuzzGroup.Suite), group.Joiner.Bundle.InitKey);
    }

    private static void Join(FuzzGroup group, Welcome welcome) => MlsGroup.Join(welcome, group.Joiner.Bundle, group.Joiner.Signer, new JoinOptions()).Dispose();

    // With a reuse guard of zero, so that the nonce is the key's.
    private static PrivateMessage Seal(FuzzGroup group, FramedContent content, MessageKey key, byte[] plaintext)
    {
        var type = content.Body.Type;
        using var aad = new TlsWriter();
        PrivateMessage.WriteContentAad(aad, content.GroupId, content.Epoch, type, content.AuthenticatedData.Span);
        var ciphertext = new byte[plaintext.Length + FuzzGroup.Suite.Aead.TagSize];
        FuzzGroup.Suite.Aead.Seal(key.Key.Span, key.Nonce.Span, aad.WrittenSpan, plaintext, ciphertext);
        var senderData = Seal(group, new SenderData(content.Sender.Leaf!.Value, key.Generation, 0), type, ciphertext);
        return new PrivateMessage(content.GroupId, content.Epoch, type, content.AuthenticatedData, senderData, new Opaque(ciphertext));
    }

    private static Opaque Seal(FuzzGroup group, SenderData senderData, ContentType type, ReadOnlySpan<byte> ciphertext)
    {
        using var aad = new TlsWriter();
        PrivateMessage.WriteSenderDataAad(aad, group.Context.GroupId, group.Context.Epoch, type);
        return senderData.Seal(FuzzGroup.Suite, group.Alice.Group.Secrets.SenderData, aad.WrittenSpan, ciphertext);
    }
}
