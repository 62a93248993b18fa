using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>§5.1.1: <c>opaque HPKEPublicKey&lt;V&gt;</c>.</summary>
public readonly record struct HpkePublicKey(Opaque Value) : IWireStruct<HpkePublicKey>
{
    public void WriteTo(TlsWriter writer) => writer.WriteOpaque(Value);

    public static HpkePublicKey ReadFrom(ref TlsReader reader) => new(reader.ReadOpaque());
}

/// <summary>§5.1.1: <c>opaque SignaturePublicKey&lt;V&gt;</c>.</summary>
public readonly record struct SignaturePublicKey(Opaque Value) : IWireStruct<SignaturePublicKey>
{
    public void WriteTo(TlsWriter writer) => writer.WriteOpaque(Value);

    public static SignaturePublicKey ReadFrom(ref TlsReader reader) => new(reader.ReadOpaque());
}

/// <summary>A private key of the suite's KEM, in the KEM's own serialisation (RFC 9180 §7.1.2).</summary>
public sealed class HpkePrivateKey(Secret value) : IDisposable
{
    public Secret Value { get; } = value;

    public void Dispose() => Value.Dispose();
}

/// <summary>A key pair of the suite's KEM.</summary>
public sealed record HpkeKeyPair(HpkePublicKey PublicKey, HpkePrivateKey PrivateKey) : IDisposable
{
    public void Dispose() => PrivateKey.Dispose();
}

/// <summary>A private key of the suite's signature scheme: for EdDSA the seed, for ECDSA the big-endian scalar.</summary>
public sealed class SignaturePrivateKey(Secret value) : IDisposable
{
    private IDisposable? _prepared;

    public Secret Value { get; } = value;

    /// <summary>
    /// What a scheme makes of the key before it signs, made once and kept with the key: for the platform's ECDSA that costs
    /// more than the signature.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key was used with another scheme.</exception>
    internal T Prepared<T>(Func<Secret, T> prepare)
        where T : class, IDisposable
    {
        var prepared = Volatile.Read(ref _prepared);
        if (prepared is null)
        {
            var made = prepare(Value);
            prepared = Interlocked.CompareExchange(ref _prepared, made, null);
            if (prepared is null)
                return made;
            made.Dispose();
        }
        return prepared as T ?? throw new InvalidOperationException("A signature key is of one scheme.");
    }

    public void Dispose()
    {
        Value.Dispose();
        _prepared?.Dispose();
    }
}

/// <summary>A key pair of the suite's signature scheme.</summary>
public sealed record SignatureKeyPair(SignaturePublicKey PublicKey, SignaturePrivateKey PrivateKey) : IDisposable
{
    public void Dispose() => PrivateKey.Dispose();
}
