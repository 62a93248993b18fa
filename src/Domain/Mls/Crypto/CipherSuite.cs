using System.Buffers.Binary;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>
/// One cipher suite of RFC 9420 §5.1: the cryptography of a group, with the labelled functions of §5 and §8 over it.
/// Functions over a <see cref="Secret"/> keep it alive to their end: its finaliser zeroes what their spans still read.
/// </summary>
public sealed class CipherSuite
{
    private const int StackBytes = 256;

    private readonly IKem _kem;
    private readonly IKdf _kdf;
    private readonly Hpke _hpke;

    private CipherSuite(CipherSuiteId id, IKem kem, IKdf kdf, IAead aead, ISignatureScheme signature)
    {
        Id = id;
        _kem = kem;
        _kdf = kdf;
        Aead = aead;
        Signature = signature;
        _hpke = new Hpke(kem, kdf, aead);
    }

    /// <summary>The suites that this library implements, by their number.</summary>
    public static IReadOnlyDictionary<CipherSuiteId, CipherSuite> All { get; } = new[]
    {
        new CipherSuite(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519, DhKemXdh.X25519, HkdfSha2.Sha256, AesGcmAead.Aes128, Curve25519.Ed25519),
        new CipherSuite(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256, DhKemNist.P256, HkdfSha2.Sha256, AesGcmAead.Aes128, Ecdsa.P256),
        new CipherSuite(CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519, DhKemXdh.X25519, HkdfSha2.Sha256, ChaCha20Poly1305Aead.Instance, Curve25519.Ed25519),
        new CipherSuite(CipherSuiteId.MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448, DhKemXdh.X448, HkdfSha2.Sha512, AesGcmAead.Aes256, Ed448.Instance),
        new CipherSuite(CipherSuiteId.MLS_256_DHKEMP521_AES256GCM_SHA512_P521, DhKemNist.P521, HkdfSha2.Sha512, AesGcmAead.Aes256, Ecdsa.P521),
        new CipherSuite(CipherSuiteId.MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448, DhKemXdh.X448, HkdfSha2.Sha512, ChaCha20Poly1305Aead.Instance, Ed448.Instance),
        new CipherSuite(CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384, DhKemNist.P384, HkdfSha2.Sha384, AesGcmAead.Aes256, Ecdsa.P384),
    }.ToDictionary(suite => suite.Id);

    /// <summary>The suite of a number.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.UnsupportedCipherSuite"/>.</exception>
    public static CipherSuite Get(CipherSuiteId id) =>
        All.TryGetValue(id, out var suite) ? suite : throw new MlsException(MlsError.UnsupportedCipherSuite, $"{(ushort)id}");

    public CipherSuiteId Id { get; }

    /// <summary>The suite's AEAD.</summary>
    public IAead Aead { get; }

    /// <summary>The suite's signature scheme.</summary>
    public ISignatureScheme Signature { get; }

    /// <summary>Bytes of a hash, a MAC and every derived secret: KDF.Nh.</summary>
    public int HashSize => _kdf.HashSize;

    /// <summary>Bytes of randomness that one HPKE encryption draws: Nsk.</summary>
    internal int HpkeSeedSize => _kem.PrivateKeySize;

    /// <summary>True when the bytes are a valid public key, or KEM output, of the suite's KEM.</summary>
    public bool IsValidPublicKey(Opaque publicKey) => _kem.IsValidPublicKey(publicKey.Span);

    /// <summary>Hash of the data.</summary>
    public Opaque Hash(ReadOnlySpan<byte> data)
    {
        var hash = new byte[HashSize];
        _kdf.Hash(data, hash);
        return new Opaque(hash);
    }

    /// <summary>§5.1: MAC with HMAC.</summary>
    public Opaque Mac(Secret key, ReadOnlySpan<byte> data)
    {
        var mac = new byte[HashSize];
        _kdf.Mac(key.Span, data, mac);
        GC.KeepAlive(key);
        return new Opaque(mac);
    }

    /// <summary>KDF.Extract(salt, ikm).</summary>
    public Secret Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyingMaterial)
    {
        var secret = Secret.Zero(HashSize);
        _kdf.Extract(salt, keyingMaterial, secret.Writable);
        return secret;
    }

    // §8:
    // ExpandWithLabel(Secret, Label, Context, Length) = KDF.Expand(Secret, KDFLabel, Length)
    // struct {
    //     uint16 length;
    //     opaque label<V>;    // "MLS 1.0 " + Label
    //     opaque context<V>;
    // } KDFLabel;

    /// <summary>§8: ExpandWithLabel.</summary>
    public Secret ExpandWithLabel(Secret secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, int length)
    {
        if (length > 255 * HashSize)
            throw new MlsException(MlsError.ExportTooLong, $"{length} bytes asked for, {255 * HashSize} possible");
        var expanded = Secret.Zero(length);
        ExpandWithLabel(secret, label, context, expanded.Writable);
        return expanded;
    }

    /// <summary>§8: ExpandWithLabel into memory that the caller zeroes.</summary>
    internal void ExpandWithLabel(Secret secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> expanded)
    {
        // A dozen of these make a message: the label, which holds nothing secret, is put together without an object.
        var length = Labels.Prefix.Length + label.Length;
        var size = 2 + TlsWriter.LengthSize(length) + length + TlsWriter.LengthSize(context.Length) + context.Length;
        Span<byte> kdfLabel = size <= StackBytes ? stackalloc byte[size] : new byte[size];
        BinaryPrimitives.WriteUInt16BigEndian(kdfLabel, (ushort)expanded.Length);
        var rest = PutOpaque(kdfLabel[2..], Labels.Prefix, label);
        PutOpaque(rest, context, []);
        _kdf.Expand(secret.Span, kdfLabel, expanded);
        GC.KeepAlive(secret);
    }

    /// <summary>§8: DeriveSecret(Secret, Label) = ExpandWithLabel(Secret, Label, "", KDF.Nh).</summary>
    public Secret DeriveSecret(Secret secret, ReadOnlySpan<byte> label) => ExpandWithLabel(secret, label, [], HashSize);

    /// <summary>§9: DeriveTreeSecret(Secret, Label, Generation, Length) = ExpandWithLabel(Secret, Label, Generation, Length).</summary>
    public Secret DeriveTreeSecret(Secret secret, ReadOnlySpan<byte> label, uint generation, int length)
    {
        Span<byte> context = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(context, generation);
        return ExpandWithLabel(secret, label, context, length);
    }

    // struct {
    //     opaque label<V>;
    //     opaque value<V>;
    // } RefHashInput;

    /// <summary>§5.2: RefHash(label, value) = Hash(RefHashInput).</summary>
    public Opaque RefHash(ReadOnlySpan<byte> label, ReadOnlySpan<byte> value)
    {
        using var input = new TlsWriter();
        input.WriteOpaque(label);
        input.WriteOpaque(value);
        return Hash(input.WrittenSpan);
    }

    // struct {
    //     opaque label<V>;    // "MLS 1.0 " + Label
    //     opaque content<V>;
    // } SignContent;

    /// <summary>§5.1.2: SignWithLabel.</summary>
    public Opaque SignWithLabel(SignaturePrivateKey key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> content)
    {
        using var signContent = BeginSignContent(label, content.Length + 64);
        signContent.WriteOpaque(content);
        return Sign(key, signContent);
    }

    /// <summary>§5.1.2: VerifyWithLabel.</summary>
    public bool VerifyWithLabel(SignaturePublicKey key, ReadOnlySpan<byte> label, ReadOnlySpan<byte> content, Opaque signature)
    {
        using var signContent = BeginSignContent(label, content.Length + 64);
        signContent.WriteOpaque(content);
        return Signature.Verify(key, signContent.WrittenSpan, signature.Span);
    }

    /// <summary>§5.1.2: a SignContent up to its content, which the caller writes in place as a vector.</summary>
    internal static TlsWriter BeginSignContent(ReadOnlySpan<byte> label, int expected)
    {
        var signContent = new TlsWriter(expected);
        WritePrefixed(signContent, label);
        return signContent;
    }

    /// <summary>§5.1.2: signs a whole SignContent.</summary>
    internal Opaque Sign(SignaturePrivateKey key, TlsWriter signContent)
    {
        var signature = Signature.Sign(key, signContent.WrittenSpan);
        GC.KeepAlive(key);
        return signature;
    }

    /// <summary>A fresh signature key pair.</summary>
    public SignatureKeyPair GenerateSignatureKeyPair(FillRandom random) => Signature.Generate(random);

    /// <summary>A fresh HPKE key pair.</summary>
    public HpkeKeyPair GenerateHpkeKeyPair(FillRandom random)
    {
        using var keyingMaterial = Secret.Random(_kem.PrivateKeySize, random);
        return DeriveKeyPair(keyingMaterial);
    }

    /// <summary>§5.1.1: KEM.DeriveKeyPair.</summary>
    public HpkeKeyPair DeriveKeyPair(Secret keyingMaterial)
    {
        var pair = _kem.DeriveKeyPair(keyingMaterial.Span);
        GC.KeepAlive(keyingMaterial);
        return pair;
    }

    /// <summary>The pair of a private key.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPrivateKey"/>.</exception>
    public HpkeKeyPair KeyPairOf(HpkePrivateKey privateKey) => new(_kem.PublicKeyOf(privateKey), privateKey);

    // struct {
    //     opaque label<V>;    // "MLS 1.0 " + Label
    //     opaque context<V>;
    // } EncryptContext;

    /// <summary>§5.1.3: EncryptWithLabel.</summary>
    public HpkeCiphertext EncryptWithLabel(HpkePublicKey recipient, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext, FillRandom random)
    {
        return Encrypt(recipient, EncryptionInfo(label, context), plaintext, random);
    }

    /// <summary>§5.1.3: EncryptContext, hashed once for the many recipients of <see cref="Encrypt"/>.</summary>
    internal HpkeInfo EncryptionInfo(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context)
    {
        using var encryptContext = new TlsWriter(context.Length + 64);
        WritePrefixed(encryptContext, label);
        encryptContext.WriteOpaque(context);
        return _hpke.Prepare(encryptContext.WrittenSpan);
    }

    /// <summary>§5.1.3: EncryptWithLabel in a context that was prepared.</summary>
    internal HpkeCiphertext Encrypt(HpkePublicKey recipient, HpkeInfo info, ReadOnlySpan<byte> plaintext, FillRandom random) =>
        _hpke.Seal(recipient, info, [], plaintext, random);

    /// <summary>§5.1.3: DecryptWithLabel.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.HpkeOpenFailed"/> or <see cref="MlsError.InvalidPublicKey"/>.</exception>
    public Secret DecryptWithLabel(HpkeKeyPair recipient, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, HpkeCiphertext ciphertext)
    {
        var plaintext = _hpke.Open(recipient, EncryptionInfo(label, context), [], ciphertext);
        GC.KeepAlive(recipient);
        return plaintext;
    }

    /// <summary>§8.3: the init secret of an external commit, with the KEM output that tells it to the members.</summary>
    public (Opaque KemOutput, Secret InitSecret) ExternalInit(HpkePublicKey externalPublicKey, FillRandom random) =>
        _hpke.SendExport(externalPublicKey, _hpke.Prepare([]), Labels.ExternalInit, HashSize, random);

    /// <summary>§8.3: the same init secret at a member.</summary>
    public Secret ReceiveExternalInit(HpkeKeyPair externalKeyPair, Opaque kemOutput) =>
        _hpke.ReceiveExport(kemOutput.Span, externalKeyPair, _hpke.Prepare([]), Labels.ExternalInit, HashSize);

    // opaque value<V>, the value in two parts; what is behind it is returned.
    private static Span<byte> PutOpaque(Span<byte> destination, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var length = first.Length + second.Length;
        var content = destination[TlsWriter.LengthSize(length)..];
        TlsWriter.PutLength(destination[..TlsWriter.LengthSize(length)], length);
        first.CopyTo(content);
        second.CopyTo(content[first.Length..]);
        return content[length..];
    }

    private static void WritePrefixed(TlsWriter writer, ReadOnlySpan<byte> label)
    {
        writer.WriteLength(Labels.Prefix.Length + label.Length);
        writer.WriteFixed(Labels.Prefix);
        writer.WriteFixed(label);
    }
}
