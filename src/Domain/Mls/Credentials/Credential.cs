using System.Collections.Immutable;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Credentials;

/// <summary>§5.3, §17.5. Values outside the table are kept as they came (GREASE).</summary>
public enum CredentialType : ushort
{
    Basic = 1,
    X509 = 2,
}

// struct {
//     CredentialType credential_type;
//     select (Credential.credential_type) {
//         case basic: opaque identity<V>;
//         case x509:  Certificate chain<V>;    // struct { opaque cert_data<V>; } Certificate;
//     };
// } Credential;

/// <summary>§5.3: who a client says it is. The Authentication Service judges whether to believe it.</summary>
public abstract record Credential(CredentialType Type) : IWireStruct<Credential>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)Type);
        WriteBody(writer);
    }

    public static Credential ReadFrom(ref TlsReader reader)
    {
        var type = (CredentialType)reader.ReadUInt16();
        return type switch
        {
            CredentialType.Basic => new BasicCredential(reader.ReadOpaque()),
            CredentialType.X509 => new X509Credential(reader.ReadVector<Certificate>()),
            _ => throw new MlsException(MlsError.UnknownEnumValue, $"credential type {(ushort)type}"),
        };
    }

    protected abstract void WriteBody(TlsWriter writer);
}

/// <summary>§5.3: a bare identity.</summary>
public sealed record BasicCredential(Opaque Identity) : Credential(CredentialType.Basic)
{
    protected override void WriteBody(TlsWriter writer) => writer.WriteOpaque(Identity);
}

/// <summary>§5.3: a chain of DER certificates, the end entity's first.</summary>
public sealed record X509Credential(ImmutableArray<Certificate> Chain) : Credential(CredentialType.X509)
{
    public bool Equals(X509Credential? other) => other is not null && Chain.AsSpan().SequenceEqual(other.Chain.AsSpan());

    public override int GetHashCode() => Chain.IsDefaultOrEmpty ? 0 : Chain[0].GetHashCode();

    protected override void WriteBody(TlsWriter writer) => writer.WriteVector(Chain);
}

/// <summary>§5.3: <c>struct { opaque cert_data&lt;V&gt;; } Certificate</c>.</summary>
public readonly record struct Certificate(Opaque CertData) : IWireStruct<Certificate>
{
    public void WriteTo(TlsWriter writer) => writer.WriteOpaque(CertData);

    public static Certificate ReadFrom(ref TlsReader reader) => new(reader.ReadOpaque());
}
