using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Extensions;

/// <summary>§12.4.3.2: <c>struct { HPKEPublicKey external_pub; } ExternalPub</c>, a GroupInfo extension: the key to join an epoch by.</summary>
public sealed record ExternalPub(HpkePublicKey PublicKey) : IWireStruct<ExternalPub>
{
    public void WriteTo(TlsWriter writer) => writer.Write(PublicKey);

    public static ExternalPub ReadFrom(ref TlsReader reader) => new(HpkePublicKey.ReadFrom(ref reader));
}
