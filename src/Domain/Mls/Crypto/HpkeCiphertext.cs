using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

// struct {
//     opaque kem_output<V>;
//     opaque ciphertext<V>;
// } HPKECiphertext;

/// <summary>§5.1.3, §7.6: one single-shot HPKE encryption.</summary>
public sealed record HpkeCiphertext(Opaque KemOutput, Opaque Ciphertext) : IWireStruct<HpkeCiphertext>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteOpaque(KemOutput);
        writer.WriteOpaque(Ciphertext);
    }

    public static HpkeCiphertext ReadFrom(ref TlsReader reader) => new(reader.ReadOpaque(), reader.ReadOpaque());
}
