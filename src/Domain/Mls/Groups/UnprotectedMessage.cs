using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: an application message that a member of this epoch sent. Disposal zeroes the plaintext.</summary>
public sealed class UnprotectedMessage : IDisposable
{
    internal UnprotectedMessage(LeafIndex sender, Credential credential, Generation generation, Opaque authenticatedData, Secret plaintext)
    {
        Sender = sender;
        Credential = credential;
        Generation = generation;
        AuthenticatedData = authenticatedData;
        Plaintext = plaintext;
    }

    public LeafIndex Sender { get; }

    /// <summary>The sender's credential in the message's epoch.</summary>
    public Credential Credential { get; }

    /// <summary>The sender's count of application messages in this epoch, keys it burnt included.</summary>
    public Generation Generation { get; }

    public Opaque AuthenticatedData { get; }

    public Secret Plaintext { get; }

    public void Dispose() => Plaintext.Dispose();
}
