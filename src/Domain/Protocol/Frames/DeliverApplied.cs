using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// deliver-applied = [38, channel-id, sequence, epoch, authenticator-hash: bstr .size 32, agent-id]

/// <summary>The first <see cref="Applied"/> of an epoch, or the first with another hash: then the members are not all in the same group.</summary>
/// <param name="Epoch">The epoch that the member entered.</param>
/// <param name="Member">Who reported it.</param>
public sealed record DeliverApplied(ChannelId ChannelId, Sequence Sequence, ulong Epoch, ReadOnlyMemory<byte> AuthenticatorHash, AgentId Member)
    : Frame(FrameType.DeliverApplied)
{
    internal const int Fields = 5;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(ChannelId);
        writer.Write(Sequence);
        writer.WriteUInt64(Epoch);
        writer.Write(AuthenticatorHash);
        writer.WriteTextString(Member.ToString());
    }

    internal static DeliverApplied Read(CborReader reader) =>
        new(reader.ReadChannelId(), reader.ReadSequence(), reader.ReadUInt64(), reader.ReadFixedBytes(Applied.HashSize), reader.ReadAgentId());
}
