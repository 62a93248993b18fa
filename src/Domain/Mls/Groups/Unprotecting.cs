using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: a PrivateMessage to application data, in the present epoch or in one that is past.</summary>
internal static class Unprotecting
{
    public static UnprotectedMessage Unprotect(IReadableEpoch epoch, PrivateMessage message)
    {
        var (suite, context) = (epoch.Suite, epoch.Context);
        if (message.GroupId != context.GroupId)
            throw new MlsException(MlsError.WrongGroup);
        if (message.Epoch != context.Epoch)
            throw new MlsException(MlsError.WrongEpoch, $"{message.Epoch}, this is {context.Epoch}");
        if (message.ContentType != ContentType.Application)
            throw new MlsException(MlsError.WrongWireFormat, $"{message.ContentType} where application data is expected");

        var cipher = new PrivateMessageCipher(suite, epoch.SenderData);
        var senderData = cipher.OpenSenderData(message);
        if (senderData.Leaf == epoch.OwnLeaf)
            throw new MlsException(MlsError.OwnMessage);

        // §6.3.2: the recipient MUST verify that the leaf_index field identifies a non-blank node.
        var sender = epoch.SenderAt(senderData.Leaf) ?? throw new MlsException(MlsError.UnknownSender, $"leaf {senderData.Leaf}");

        using var key = epoch.Receiving.Stage(suite, senderData.Leaf, handshake: false, senderData.Generation);
        using var opened = cipher.Open(message, senderData, key.Key);
        var verified = opened.Content.Verify(suite, context, sender.SignatureKey);

        // Authentic: only now is the key consumed and deleted (§9.2), so that a forgery cannot use it up.
        key.Take();
        var data = ((ApplicationBody)verified.Content.Body).Data;
        return new UnprotectedMessage(senderData.Leaf, sender.Credential, senderData.Generation, message.AuthenticatedData, Secret.Copy(data.Span));
    }
}
