using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Messages;

// opaque HashReference<V>;
// HashReference KeyPackageRef;
//
// struct {
//     KeyPackageRef new_member;
//     HPKECiphertext encrypted_group_secrets;
// } EncryptedGroupSecrets;

/// <summary>§12.4.3: one new member's <see cref="GroupSecrets"/>, encrypted to its key package's init key.</summary>
public sealed record EncryptedGroupSecrets(Opaque NewMember, HpkeCiphertext Ciphertext) : IWireStruct<EncryptedGroupSecrets>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(NewMember);
        writer.Write(Ciphertext);
    }

    public static EncryptedGroupSecrets ReadFrom(ref TlsReader reader) => new(reader.ReadOpaque(), HpkeCiphertext.ReadFrom(ref reader));
}

// struct {
//     CipherSuite cipher_suite;
//     EncryptedGroupSecrets secrets<V>;
//     opaque encrypted_group_info<V>;
// } Welcome;

/// <summary>§12.4.3: what lets new members into the epoch that a commit started.</summary>
public sealed record Welcome(CipherSuiteId CipherSuite, ImmutableArray<EncryptedGroupSecrets> Secrets, Opaque EncryptedGroupInfo) : IWireStruct<Welcome>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt16((ushort)CipherSuite);
        writer.WriteVector(Secrets);
        writer.WriteOpaque(EncryptedGroupInfo);
    }

    public static Welcome ReadFrom(ref TlsReader reader) => new(
        (CipherSuiteId)reader.ReadUInt16(),
        reader.ReadVector<EncryptedGroupSecrets>(),
        reader.ReadOpaque());

    /// <summary>The secrets for a key package, or null when the Welcome is not for it.</summary>
    public EncryptedGroupSecrets? SecretsFor(Opaque keyPackageRef)
    {
        foreach (var secrets in Secrets)
        {
            if (secrets.NewMember == keyPackageRef)
                return secrets;
        }
        return null;
    }

    public bool Equals(Welcome? other) =>
        other is not null && CipherSuite == other.CipherSuite && EncryptedGroupInfo == other.EncryptedGroupInfo
        && Secrets.AsSpan().SequenceEqual(other.Secrets.AsSpan());

    public override int GetHashCode() => HashCode.Combine(CipherSuite, EncryptedGroupInfo);
}
