using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.KeyPackages;

/// <summary>§10.1: a key package that keeps the rules by itself; whether it fits a group is judged when it is added.</summary>
public sealed class ValidatedKeyPackage
{
    private ValidatedKeyPackage(KeyPackage keyPackage) => KeyPackage = keyPackage;

    /// <summary>The longest lifetime that is accepted unless the caller says otherwise (§7.2 wants a maximum).</summary>
    public static TimeSpan DefaultMaximumLifetime { get; } = TimeSpan.FromDays(90);

    public KeyPackage KeyPackage { get; }

    /// <summary>Validates a key package for use now.</summary>
    /// <param name="maximumLifetime">The longest acceptable total lifetime; <see cref="DefaultMaximumLifetime"/> when null.</param>
    /// <param name="accept">The Authentication Service; none is asked when null.</param>
    /// <exception cref="MlsException">The rule that the package breaks.</exception>
    public static ValidatedKeyPackage Validate(KeyPackage keyPackage, DateTimeOffset now, TimeSpan? maximumLifetime = null, AcceptCredential? accept = null)
    {
        Check(keyPackage, CipherSuite.Get(keyPackage.CipherSuite), new LifetimePolicy { Now = now, Maximum = maximumLifetime ?? DefaultMaximumLifetime });
        if (accept is not null)
            new CredentialQuestion(CredentialEvent.KeyPackage, keyPackage.LeafNode.Credential, keyPackage.LeafNode.SignatureKey).Require(accept);
        return new ValidatedKeyPackage(keyPackage);
    }

    /// <summary>§10.1, with the lifetime by policy.</summary>
    internal static void Check(KeyPackage keyPackage, CipherSuite suite, LifetimePolicy lifetimes)
    {
        var leaf = keyPackage.LeafNode;
        if (keyPackage.Version != ProtocolVersion.Mls10)
            throw new MlsException(MlsError.UnsupportedVersion, $"{(ushort)keyPackage.Version}");

        // Verify that the cipher suite and protocol version of the KeyPackage match those in the GroupContext.
        if (keyPackage.CipherSuite != suite.Id)
            throw new MlsException(MlsError.KeyPackageMismatch, $"cipher suite {(ushort)keyPackage.CipherSuite}, the group has {(ushort)suite.Id}");

        // Verify that the leaf_node of the KeyPackage is valid for a KeyPackage according to Section 7.3.
        if (leaf.Source != LeafNodeSource.KeyPackage)
            throw new MlsException(MlsError.WrongLeafNodeSource, $"{leaf.Source} in a key package");
        new GroupRequirements(suite, ExtensionList.Empty).Check(leaf);
        ExtensionPlaces.Check(keyPackage.Extensions, ExtensionPlace.KeyPackage);
        lifetimes.Check(leaf);

        // §10: init_key, encryption_key and signature_key are keys of the cipher suite.
        if (!suite.IsValidPublicKey(keyPackage.InitKey.Value) || !suite.IsValidPublicKey(leaf.EncryptionKey.Value) || !suite.Signature.IsValidPublicKey(leaf.SignatureKey.Value.Span))
            throw new MlsException(MlsError.InvalidPublicKey, "in a key package");

        // Verify that the value of leaf_node.encryption_key is different from the value of the init_key field.
        if (keyPackage.InitKey == leaf.EncryptionKey)
            throw new MlsException(MlsError.InitKeyReused);

        // Verify the signatures of the leaf and of the package.
        if (!LeafNodeTbs.Verify(leaf, suite, Opaque.Empty, default))
            throw new MlsException(MlsError.InvalidSignature, "of a key package's leaf");
        if (!keyPackage.VerifySignature(suite))
            throw new MlsException(MlsError.InvalidSignature, "of a key package");
        X509Chains.CheckIfX509(leaf.Credential, leaf.SignatureKey, suite);
    }
}
