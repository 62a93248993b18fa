using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§6.2, §6.3: a proposal or commit whose signature and tag are right, with the key that it used up if it was encrypted.</summary>
/// <param name="Generation">Of the sender's handshake ratchet; null for a PublicMessage.</param>
internal sealed record OpenedHandshake(VerifiedContent Content, Generation? Generation)
{
    /// <exception cref="MlsException">Why the message is not a handshake message of this epoch. Nothing has changed, nor does it by success.</exception>
    public static OpenedHandshake Open(MlsGroup group, MlsMessage message, ContentType expected) => message switch
    {
        { PublicMessage: { } open } when open.Content.Body.Type == expected => Open(group, open),
        { PrivateMessage: { } encrypted } when encrypted.ContentType == expected => Open(group, encrypted),
        _ => throw new MlsException(MlsError.WrongWireFormat, $"{ContentOf(message)} where a {expected} is expected"),
    };

    /// <summary>§9.2: deletes the key, when the message did what it was for.</summary>
    public void Consume(MlsGroup group)
    {
        if (Generation is not { } generation)
            return;
        using var key = group.Receiving.Holder.Stage(group.Suite, Content.Sender.Leaf!.Value, handshake: true, generation);
        key.Take();
    }

    private static OpenedHandshake Open(MlsGroup group, PublicMessage message)
    {
        var verified = group.Public.Verify(message);
        if (verified.Sender.Leaf == group.OwnLeaf && verified.Content.Body.Type == ContentType.Commit)
            throw new MlsException(MlsError.OwnMessage, "merge the pending commit");
        MembershipTag.Verify(group.Suite, message, group.Public.Context, group.Secrets);
        return new OpenedHandshake(verified, null);
    }

    private static OpenedHandshake Open(MlsGroup group, PrivateMessage message)
    {
        group.CheckCurrent(message);
        using var opened = OpenedPrivateMessage.Open(group, message);
        return new OpenedHandshake(group.Public.Verify(opened.Content), opened.SenderData.Generation);
    }

    private static string ContentOf(MlsMessage message) => $"{message.WireFormat} {message.PublicMessage?.Content.Body.Type ?? message.PrivateMessage?.ContentType}";
}
