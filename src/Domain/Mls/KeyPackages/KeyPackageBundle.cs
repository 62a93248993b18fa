using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.KeyPackages;

/// <summary>§10: a key package with the private keys that belong to it, as its client keeps them until it joins.</summary>
public sealed class KeyPackageBundle : IDisposable
{
    private const byte StateVersion = 1;

    private KeyPackageBundle(KeyPackage keyPackage, HpkePrivateKey initKey, HpkePrivateKey leafKey)
    {
        KeyPackage = keyPackage;
        InitKey = new HpkeKeyPair(keyPackage.InitKey, initKey);
        LeafKey = new HpkeKeyPair(keyPackage.LeafNode.EncryptionKey, leafKey);
    }

    /// <summary>The public half.</summary>
    public KeyPackage KeyPackage { get; }

    /// <summary>The pair that a Welcome is encrypted to; owned by the bundle.</summary>
    internal HpkeKeyPair InitKey { get; }

    /// <summary>The leaf's pair; owned by the bundle.</summary>
    internal HpkeKeyPair LeafKey { get; }

    /// <summary>Draws an init key and a leaf key and signs the package and its leaf.</summary>
    /// <exception cref="ArgumentException">The capabilities list types that §7.2 calls default.</exception>
    /// <exception cref="MlsException"><see cref="MlsError.UnsupportedByLeaf"/>: the capabilities do not list what the package uses.</exception>
    public static KeyPackageBundle Create(CipherSuite suite, SignatureKeyPair signer, Credential credential, KeyPackageOptions options, FillRandom random)
    {
        var unsigned = new LeafNode
        {
            EncryptionKey = default,
            SignatureKey = signer.PublicKey,
            Credential = credential,
            Capabilities = options.Capabilities,
            Source = LeafNodeSource.KeyPackage,
            Lifetime = options.Lifetime,
            Extensions = options.LeafExtensions,
        };
        new GroupRequirements(suite, ExtensionList.Empty).Check(unsigned);

        // §10: extensions of the package must be listed too.
        ExtensionPlaces.Check(options.Extensions, ExtensionPlace.KeyPackage);
        foreach (var extension in options.Extensions.All)
        {
            if (!options.Capabilities.Supports(extension.Type))
                throw new MlsException(MlsError.UnsupportedByLeaf, $"the key package's extension {extension.Type}");
        }

        var initKey = suite.GenerateHpkeKeyPair(random);
        var leafKey = suite.GenerateHpkeKeyPair(random);
        var leaf = LeafNodeTbs.Sign(unsigned with { EncryptionKey = leafKey.PublicKey }, suite, signer.PrivateKey, Opaque.Empty, default);
        var keyPackage = new KeyPackage(ProtocolVersion.Mls10, suite.Id, initKey.PublicKey, leaf, options.Extensions, Opaque.Empty);
        return new KeyPackageBundle(keyPackage.Sign(suite, signer.PrivateKey), initKey.PrivateKey, leafKey.PrivateKey);
    }

    // struct {
    //     uint8 version = 1;
    //     opaque init_private_key<V>;
    //     opaque leaf_private_key<V>;
    //     KeyPackage key_package;
    // } KeyPackageBundleState;

    /// <summary>The package and its private keys, to be stored encrypted.</summary>
    public Secret Serialize()
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(StateVersion);
        writer.WriteOpaque(InitKey.PrivateKey.Value.Span);
        writer.WriteOpaque(LeafKey.PrivateKey.Value.Span);
        writer.Write(KeyPackage);
        return Secret.Copy(writer.WrittenSpan);
    }

    /// <summary>What <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/>, a codec error, or a private key that is not the public one's.</exception>
    public static KeyPackageBundle Deserialize(ReadOnlySpan<byte> state)
    {
        // The key package refers to this copy: only the private keys in it are zeroed, or all of it when nothing is kept.
        var copy = GC.AllocateUninitializedArray<byte>(state.Length, pinned: true);
        state.CopyTo(copy);
        var reader = new TlsReader(copy);
        var secretsEnd = copy.Length;
        try
        {
            if (reader.ReadUInt8() != StateVersion)
                throw new MlsException(MlsError.InvalidState, "not a key package of this version");
            var initPrivate = reader.ReadOpaque();
            var leafPrivate = reader.ReadOpaque();
            secretsEnd = reader.Position;
            var keyPackage = KeyPackage.ReadFrom(ref reader);
            reader.ExpectEnd();
            var bundle = new KeyPackageBundle(keyPackage, new HpkePrivateKey(Secret.Copy(initPrivate.Span)), new HpkePrivateKey(Secret.Copy(leafPrivate.Span)));
            bundle.CheckPairs();
            return bundle;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy.AsSpan(0, secretsEnd));
        }
    }

    public void Dispose()
    {
        InitKey.Dispose();
        LeafKey.Dispose();
    }

    private void CheckPairs()
    {
        var suite = CipherSuite.Get(KeyPackage.CipherSuite);
        if (suite.KeyPairOf(InitKey.PrivateKey).PublicKey != InitKey.PublicKey || suite.KeyPairOf(LeafKey.PrivateKey).PublicKey != LeafKey.PublicKey)
            throw new MlsException(MlsError.InvalidState, "the private keys are not those of the key package");
    }
}
