using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// proof = [3, signature: bstr .size 64]

/// <summary>The identity key's signature over <see cref="ProofContent"/>: the connection is the agent's.</summary>
public sealed record Proof(ReadOnlyMemory<byte> Signature) : Frame(FrameType.Proof)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(Signature);
    }

    internal static Proof Read(CborReader reader) => new(reader.ReadFixedBytes(64));
}
