using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: a PrivateMessage to application data.</summary>
internal static class Unprotecting
{
    public static UnprotectedMessage Unprotect(MlsGroup group, PrivateMessage message)
    {
        group.CheckCurrent(message);
        if (message.ContentType != ContentType.Application)
            throw new MlsException(MlsError.WrongWireFormat, $"{message.ContentType} where application data is expected");

        var cipher = new PrivateMessageCipher(group.Suite, group.Secrets.SenderData);
        var senderData = cipher.OpenSenderData(message);
        if (senderData.Leaf == group.OwnLeaf)
            throw new MlsException(MlsError.OwnMessage);

        // §6.3.2: the recipient MUST verify that the leaf_index field identifies a non-blank node.
        var leaf = group.Public.Tree[senderData.Leaf] ?? throw new MlsException(MlsError.UnknownSender, $"leaf {senderData.Leaf}");

        using var key = group.Receiving.Stage(group.Suite, senderData.Leaf, handshake: false, senderData.Generation);
        using var opened = cipher.Open(message, senderData, key.Key);
        var verified = opened.Content.Verify(group.Suite, group.Public.Context, leaf.SignatureKey);

        // Authentic: only now is the key consumed and deleted (§9.2), so that a forgery cannot use it up.
        key.Take();
        var data = ((ApplicationBody)verified.Content.Body).Data;
        return new UnprotectedMessage(senderData.Leaf, leaf.Credential, senderData.Generation, message.AuthenticatedData, Secret.Copy(data.Span));
    }
}
