using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>What a member who knows the group's secrets can make of a message: changed, then signed and tagged anew, so that the later check is what fires.</summary>
internal static class Forge
{
    /// <summary>Signs changed content with the member's key; keeps the confirmation tag.</summary>
    public static PublicMessage Resign(Member by, PublicMessage message, Func<FramedContent, FramedContent> change)
    {
        var signed = AuthenticatedContent.Sign(by.Group.Suite, WireFormat.PublicMessage, change(message.Content), by.Group.Public.Context, by.Signer.PrivateKey);
        return Retag(by, message with { Content = signed.Content, Auth = message.Auth with { Signature = signed.Auth.Signature } });
    }

    /// <summary>The same for a commit.</summary>
    public static PublicMessage Resign(Member by, PublicMessage message, Func<Commit, Commit> change) =>
        Resign(by, message, content => content with { Body = new CommitBody(change(((CommitBody)content.Body).Commit)) });

    /// <summary>The same for a commit's path.</summary>
    public static PublicMessage ResignPath(Member by, PublicMessage message, Func<UpdatePath, UpdatePath> change) =>
        Resign(by, message, commit => commit with { Path = change(commit.Path!) });

    /// <summary>The same for the leaf of a commit's path, which is signed by itself too.</summary>
    public static PublicMessage ResignLeaf(Member by, PublicMessage message, Func<LeafNode, LeafNode> change) =>
        ResignPath(by, message, path => path with
        {
            LeafNode = LeafNodeTbs.Sign(change(path.LeafNode), by.Group.Suite, by.Signer.PrivateKey, by.Group.GroupId, by.Group.OwnLeaf),
        });

    /// <summary>Makes the membership tag right for changed content.</summary>
    public static PublicMessage Retag(Member by, PublicMessage message) =>
        MembershipTag.Protect(by.Group.Suite, message.Authenticated, by.Group.Public.Context, by.Group.Secrets);

    public static PublicMessage WithConfirmationTag(Member by, PublicMessage message, Opaque? tag) =>
        Retag(by, message with { Auth = message.Auth with { ConfirmationTag = tag } });

    /// <summary>Signed application data, with what the change does to it.</summary>
    public static AuthenticatedContent SignApplication(Member by, LeafIndex sender)
    {
        var context = by.Group.Public.Context;
        var content = new FramedContent(context.GroupId, context.Epoch, Sender.Member(sender), Opaque.Empty, new ApplicationBody(Opaque.Copy("forged"u8)));
        return AuthenticatedContent.Sign(by.Group.Suite, WireFormat.PrivateMessage, content, context, by.Signer.PrivateKey);
    }

    /// <summary>Encrypts with any key, for any generation that is claimed.</summary>
    public static PrivateMessage Seal(Member by, AuthenticatedContent signed, MessageKey key) =>
        new PrivateMessageCipher(by.Group.Suite, by.Group.Secrets.SenderData).Seal(signed, key, 0, TestRandom.Fill);

    /// <summary>A key that was never derived, for a generation.</summary>
    public static MessageKey AnyKey(uint generation) => new(new Generation(generation), Secret.Random(16, TestRandom.Fill), Secret.Random(12, TestRandom.Fill));

    /// <summary>The bytes with one bit changed.</summary>
    public static Opaque Flip(Opaque bytes, int at = 0)
    {
        var copy = bytes.Span.ToArray();
        copy[at] ^= 0x01;
        return new Opaque(copy);
    }

    /// <summary>Tags that a comparison could take for the right one: none, cut, grown, changed.</summary>
    public static IEnumerable<Opaque> WrongTags(Opaque right) =>
    [
        Opaque.Empty,
        Opaque.Copy(right.Span[..1]),
        Opaque.Copy(right.Span[..^1]),
        Opaque.Copy([.. right.Span, 0]),
        Opaque.Copy([.. right.Span, .. right.Span]),
        Flip(right),
        Flip(right, right.Length - 1),
        Opaque.Copy(new byte[right.Length]),
    ];
}
