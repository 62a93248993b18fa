namespace Skytale.Mls.Crypto;

/// <summary>A hash function with its HMAC and HKDF (RFC 5869), as a cipher suite uses them.</summary>
public interface IKdf
{
    /// <summary>RFC 9180 §7.2: the identifier that enters every derivation.</summary>
    ushort Id { get; }

    /// <summary>Bytes of a hash and of an extracted secret: Nh.</summary>
    int HashSize { get; }

    /// <summary>Hash of the data, into <see cref="HashSize"/> bytes.</summary>
    void Hash(ReadOnlySpan<byte> data, Span<byte> destination);

    /// <summary>HMAC of the data, into <see cref="HashSize"/> bytes.</summary>
    void Mac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, Span<byte> destination);

    /// <summary>HKDF-Extract, into <see cref="HashSize"/> bytes.</summary>
    void Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyingMaterial, Span<byte> destination);

    /// <summary>HKDF-Expand, into as many bytes as the destination has (at most 255 hashes).</summary>
    void Expand(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> info, Span<byte> destination);
}
