using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: what reading the messages of an epoch takes: the present one's state has it, of a past one nothing else is kept.</summary>
internal interface IReadableEpoch
{
    CipherSuite Suite { get; }

    /// <summary>Names the group and the epoch, and stands under each signature.</summary>
    GroupContext Context { get; }

    /// <exception cref="MlsException"><see cref="MlsError.WrongGroup"/>, <see cref="MlsError.WrongEpoch"/>, or why the epoch's messages are not read any more.</exception>
    void CheckReadable(PrivateMessage message);

    LeafIndex OwnLeaf { get; }

    /// <summary>sender_data_secret: §6.3.2.</summary>
    Secret SenderData { get; }

    ReceivingTree Receiving { get; }

    /// <summary>Who stood at a leaf in that epoch; null when it was blank or outside the tree.</summary>
    MessageSender? SenderAt(LeafIndex leaf);
}

/// <summary>§7.2: of a leaf what its messages are judged by.</summary>
internal readonly record struct MessageSender(SignaturePublicKey SignatureKey, Credential Credential)
{
    public static MessageSender Of(LeafNode leaf) => new(leaf.SignatureKey, leaf.Credential);
}
