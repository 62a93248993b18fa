using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.KeyPackages;

// struct {
//     ProtocolVersion version;
//     CipherSuite cipher_suite;
//     HPKEPublicKey init_key;
//     LeafNode leaf_node;
//     Extension extensions<V>;
//     /* SignWithLabel(., "KeyPackageTBS", KeyPackageTBS) */
//     opaque signature<V>;
// } KeyPackage;

/// <summary>§10: what a client publishes so that others can add it to groups. Parsed, not yet validated.</summary>
public sealed record KeyPackage(
    ProtocolVersion Version,
    CipherSuiteId CipherSuite,
    HpkePublicKey InitKey,
    LeafNode LeafNode,
    ExtensionList Extensions,
    Opaque Signature) : IWireStruct<KeyPackage>
{
    /// <summary>draft-ietf-mls-extensions: the client lets this package be used more than once.</summary>
    public bool IsLastResort => Extensions.Find(ExtensionType.LastResort) is not null;

    /// <summary>§5.2: KeyPackageRef, the hash that a Welcome names its recipient by.</summary>
    public Opaque Reference(CipherSuite suite)
    {
        using var writer = new TlsWriter();
        WriteTo(writer);
        return suite.RefHash(Labels.KeyPackageReference, writer.WrittenSpan);
    }

    public void WriteTo(TlsWriter writer)
    {
        WriteTbs(writer);
        writer.WriteOpaque(Signature);
    }

    public static KeyPackage ReadFrom(ref TlsReader reader) => new(
        (ProtocolVersion)reader.ReadUInt16(),
        (CipherSuiteId)reader.ReadUInt16(),
        HpkePublicKey.ReadFrom(ref reader),
        LeafNode.ReadFrom(ref reader),
        ExtensionList.ReadFrom(ref reader),
        reader.ReadOpaque());

    /// <summary>The package with a signature by the leaf's key.</summary>
    internal KeyPackage Sign(CipherSuite suite, SignaturePrivateKey key)
    {
        using var content = new TlsWriter();
        WriteTbs(content);
        return this with { Signature = suite.SignWithLabel(key, Labels.KeyPackageTbs, content.WrittenSpan) };
    }

    /// <summary>True when the package is signed by its leaf's key.</summary>
    internal bool VerifySignature(CipherSuite suite)
    {
        using var content = new TlsWriter();
        WriteTbs(content);
        return suite.VerifyWithLabel(LeafNode.SignatureKey, Labels.KeyPackageTbs, content.WrittenSpan, Signature);
    }

    // KeyPackageTBS: every field but the signature.
    private void WriteTbs(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)Version);
        writer.WriteUInt16((ushort)CipherSuite);
        writer.Write(InitKey);
        writer.Write(LeafNode);
        writer.Write(Extensions);
    }
}
