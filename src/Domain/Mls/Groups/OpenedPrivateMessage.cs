using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: a PrivateMessage of another member's, decrypted; its signature is still to be verified, its key to be taken.</summary>
internal sealed class OpenedPrivateMessage : IDisposable
{
    private readonly OpenedContent _opened;

    private OpenedPrivateMessage(SenderData senderData, MessageSender sender, StagedKey key, OpenedContent opened)
    {
        SenderData = senderData;
        Sender = sender;
        Key = key;
        _opened = opened;
    }

    public SenderData SenderData { get; }

    /// <summary>Who stands at the sender's leaf in the message's epoch.</summary>
    public MessageSender Sender { get; }

    /// <summary>Staged: nothing changes until it is taken.</summary>
    public StagedKey Key { get; }

    /// <summary>Of application data valid until disposal.</summary>
    public AuthenticatedContent Content => _opened.Content;

    /// <exception cref="MlsException"><see cref="MlsError.WrongGroup"/> or <see cref="MlsError.WrongEpoch"/>.</exception>
    public static void CheckIsOf(GroupContext context, PrivateMessage message)
    {
        if (message.GroupId != context.GroupId)
            throw new MlsException(MlsError.WrongGroup);
        if (message.Epoch != context.Epoch)
            throw new MlsException(MlsError.WrongEpoch, $"{message.Epoch}, this is {context.Epoch}");
    }

    /// <exception cref="MlsException">Why it does not open; <see cref="MlsError.OwnMessage"/> for this member's own.</exception>
    public static OpenedPrivateMessage Open(IReadableEpoch epoch, PrivateMessage message)
    {
        var cipher = new PrivateMessageCipher(epoch.Suite, epoch.SenderData);
        var senderData = cipher.OpenSenderData(message);
        if (senderData.Leaf == epoch.OwnLeaf)
            throw new MlsException(MlsError.OwnMessage);

        // §6.3.2: the recipient MUST verify that the leaf_index field identifies a non-blank node.
        var sender = epoch.SenderAt(senderData.Leaf) ?? throw new MlsException(MlsError.UnknownSender, $"leaf {senderData.Leaf}");

        var key = epoch.Receiving.Stage(epoch.Suite, senderData.Leaf, message.ContentType != ContentType.Application, senderData.Generation);
        try
        {
            return new OpenedPrivateMessage(senderData, sender, key, cipher.Open(message, senderData, key.Key));
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _opened.Dispose();
        Key.Dispose();
    }
}
