namespace Skytale.Protocol;

/// <summary>A message's id: 16 random bytes of the sender's. A repeat of the same id by the same sender has one effect.</summary>
public readonly record struct MessageId(UInt128 Value)
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 16;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: another length.</exception>
    public static MessageId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new MessageId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ProtocolException(ErrorCode.MalformedFrame, $"A message id has {Size} bytes, not {bytes.Length}.");

    /// <summary>Writes the <see cref="Size"/> bytes.</summary>
    public void WriteTo(Span<byte> destination) => System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Lowercase hexadecimal.</summary>
    public override string ToString() => Value.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
