using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Extensions;

// struct {
//     SignaturePublicKey signature_key;
//     Credential credential;
// } ExternalSender;

/// <summary>§12.1.8.1: somebody outside who may send proposals to the group.</summary>
public sealed record ExternalSender(SignaturePublicKey SignatureKey, Credential Credential) : IWireStruct<ExternalSender>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.Write(SignatureKey);
        writer.Write(Credential);
    }

    public static ExternalSender ReadFrom(ref TlsReader reader) => new(SignaturePublicKey.ReadFrom(ref reader), Credential.ReadFrom(ref reader));
}

/// <summary>§12.1.8.1: <c>ExternalSender external_senders&lt;V&gt;</c>, a GroupContext extension. A sender is named by its place.</summary>
public sealed record ExternalSenders(ImmutableArray<ExternalSender> All) : IWireStruct<ExternalSenders>
{
    public void WriteTo(TlsWriter writer) => writer.WriteVector(All);

    public static ExternalSenders ReadFrom(ref TlsReader reader) => new(reader.ReadVector<ExternalSender>());

    public bool Equals(ExternalSenders? other) => other is not null && All.AsSpan().SequenceEqual(other.All.AsSpan());

    public override int GetHashCode() => All.Length;
}
