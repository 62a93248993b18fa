using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.SecretTree;

/// <summary>§9, figure 26: the two ratchets of another member's leaf.</summary>
internal sealed record LeafRatchets(ReceivingRatchet Handshake, ReceivingRatchet Application) : IDisposable
{
    public static LeafRatchets FromLeaf(CipherSuite suite, Secret leafSecret) => new(
        new ReceivingRatchet(HashRatchet.FromLeaf(suite, leafSecret, Labels.Handshake)),
        new ReceivingRatchet(HashRatchet.FromLeaf(suite, leafSecret, Labels.Application)));

    public void WriteTo(TlsWriter writer)
    {
        Handshake.WriteTo(writer);
        Application.WriteTo(writer);
    }

    public static LeafRatchets ReadFrom(ref TlsReader reader) => new(ReceivingRatchet.ReadFrom(ref reader), ReceivingRatchet.ReadFrom(ref reader));

    public void Dispose()
    {
        Handshake.Dispose();
        Application.Dispose();
    }
}
