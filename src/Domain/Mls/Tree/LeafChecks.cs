using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tree;

/// <summary>§7.3: what a single new leaf must be before it is put into a tree, which is then checked as a whole.</summary>
internal static class LeafChecks
{
    /// <summary>The leaf of an UpdatePath, §12.4.2: its source is commit, and it is signed for the committer's place.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.WrongLeafNodeSource"/>, <see cref="MlsError.InvalidPublicKey"/>, <see cref="MlsError.InvalidSignature"/>.</exception>
    public static void CheckPathLeaf(LeafNode leaf, CipherSuite suite, Opaque groupId, LeafIndex index)
    {
        if (leaf.Source != LeafNodeSource.Commit)
            throw new MlsException(MlsError.WrongLeafNodeSource, $"{leaf.Source} in an UpdatePath");
        CheckKeysAndSignature(leaf, suite, groupId, index);
    }

    /// <summary>Its keys are keys of the suite, it is signed for its place, and an X.509 credential is a chain for its key.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPublicKey"/>, <see cref="MlsError.InvalidSignature"/> or <see cref="MlsError.CredentialRefused"/>.</exception>
    public static void CheckKeysAndSignature(LeafNode leaf, CipherSuite suite, Opaque groupId, LeafIndex index)
    {
        if (!suite.IsValidPublicKey(leaf.EncryptionKey.Value) || !suite.Signature.IsValidPublicKey(leaf.SignatureKey.Value.Span))
            throw new MlsException(MlsError.InvalidPublicKey, $"leaf {index}");
        if (!LeafNodeTbs.Verify(leaf, suite, groupId, index))
            throw new MlsException(MlsError.InvalidSignature, $"leaf {index}");
        X509Chains.CheckIfX509(leaf.Credential, leaf.SignatureKey, suite);
    }
}
