using System.Buffers.Binary;

namespace Skytale.Protocol;

/// <summary>
/// An invitation's id: the 32 bytes of the Ed25519 public key whose private half only its text leads to. So whoever knows the
/// id can check what was signed with the invitation, and nobody can give another key to the same id.
/// </summary>
public readonly record struct InvitationId(UInt128 High, UInt128 Low)
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 32;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes.</param>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: another length.</exception>
    public static InvitationId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new InvitationId(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ProtocolException(ErrorCode.MalformedFrame, $"An invitation's id has {Size} bytes, not {bytes.Length}.");

    /// <summary>The <see cref="Size"/> bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }

    /// <summary>Lowercase hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out InvitationId id)
    {
        id = default;
        if (text is null || text.Length != 2 * Size || !text.All(char.IsAsciiHexDigitLower))
            return false;
        id = FromBytes(Convert.FromHexString(text));
        return true;
    }
}
