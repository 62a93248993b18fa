using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Credentials;

/// <summary>§5.3.1: one credential that the Authentication Service is to judge.</summary>
/// <param name="Event">What brings the credential in.</param>
/// <param name="Credential">Who the client says it is.</param>
/// <param name="SignatureKey">The key that the credential must belong to: the leaf's, or the external sender's.</param>
public sealed record CredentialQuestion(CredentialEvent Event, Credential Credential, SignaturePublicKey SignatureKey)
{
    /// <summary>The member's place; null for one that has none yet, and for external senders.</summary>
    public LeafIndex? Leaf { get; init; }

    /// <summary>The credential that this one replaces, of which it must be a valid successor; null where it replaces none.</summary>
    public Credential? Previous { get; init; }

    /// <summary>Asks, and takes no for an answer.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.CredentialRefused"/>.</exception>
    public void Require(AcceptCredential accept)
    {
        if (!accept(this))
            throw new MlsException(MlsError.CredentialRefused, $"{Credential.Type} credential, {Event}");
    }
}
