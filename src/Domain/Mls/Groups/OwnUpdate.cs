using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.1.2: the private key of an Update that this member proposed; it becomes the leaf's when somebody commits the Update.</summary>
/// <param name="LeafKey">Owned by this object.</param>
/// <param name="Signer">The pair that the new leaf is signed with; the caller's.</param>
internal sealed record OwnUpdate(HpkeKeyPair LeafKey, SignatureKeyPair Signer) : IDisposable
{
    public bool IsOf(LeafNode leaf) => leaf.EncryptionKey == LeafKey.PublicKey && leaf.SignatureKey == Signer.PublicKey;

    // struct {
    //     opaque leaf_private_key<V>;
    //     opaque signature_key<V>;    // the public one: the private one is stored by the caller
    // } OwnUpdate;
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(LeafKey.PrivateKey.Value.Span);
        writer.Write(Signer.PublicKey);
    }

    /// <param name="signers">The pairs that the caller has.</param>
    public static OwnUpdate ReadFrom(ref TlsReader reader, CipherSuite suite, IEnumerable<SignatureKeyPair> signers)
    {
        var leafKey = suite.KeyPairOf(new HpkePrivateKey(Secret.Copy(reader.ReadOpaque().Span)));
        var signatureKey = SignaturePublicKey.ReadFrom(ref reader);
        var signer = signers.FirstOrDefault(pair => pair.PublicKey == signatureKey);
        return signer is not null
            ? new OwnUpdate(leafKey, signer)
            : throw new MlsException(MlsError.InvalidState, "the signature keys of an own Update were not given");
    }

    public void Dispose() => LeafKey.Dispose();
}
