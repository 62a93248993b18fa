using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// challenge = [2, server-nonce: nonce]

/// <summary>The relay's answer to <see cref="Hello"/>: a nonce of its own, good for this connection and ten seconds.</summary>
public sealed record Challenge(ReadOnlyMemory<byte> ServerNonce) : Frame(FrameType.Challenge)
{
    internal const int Fields = 1;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ServerNonce);
    }

    internal static Challenge Read(CborReader reader) => new(reader.ReadFixedBytes(Nonce.Size));
}
