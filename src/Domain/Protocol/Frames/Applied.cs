using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// applied = [20, request-id, channel-id, epoch, authenticator-hash: bstr .size 32]

/// <summary>
/// A member has entered an epoch by another's commit: it is one that a member can follow, and stands. Answered with the
/// place of the first such report of the epoch and hash.
/// </summary>
/// <param name="Epoch">The epoch that was entered.</param>
/// <param name="AuthenticatorHash">Says which epoch_authenticator the member has there (RFC 9420 §8.7) without telling it; 32 bytes.</param>
public sealed record Applied(RequestId RequestId, ChannelId ChannelId, ulong Epoch, ReadOnlyMemory<byte> AuthenticatorHash) : RequestFrame(FrameType.Applied, RequestId)
{
    internal const int Fields = 4;

    /// <summary>Length of <see cref="AuthenticatorHash"/>, in bytes.</summary>
    public const int HashSize = 32;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.WriteUInt64(Epoch);
        writer.Write(AuthenticatorHash);
    }

    internal static Applied Read(CborReader reader) => new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadUInt64(), reader.ReadFixedBytes(HashSize));
}
