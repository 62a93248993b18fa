using System.Buffers.Binary;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>An entry as it stands under its key, which says the kind and the sequence.</summary>
/// <remarks>
/// <code>
/// uint64 epoch;
/// uint64 at;             milliseconds since 1970
/// uint64 total;          bytes of all frames of the channel so far, this one included
/// opaque sender[32];
/// opaque id[16];         a message's, or
/// opaque hash[32];       a commit's, or zero for a notice
/// opaque frame[];        the rest
/// </code>
/// </remarks>
internal static class StoredEntry
{
    private const int FixedSize = 3 * sizeof(ulong) + Keys.AgentSize;
    private const int HashSize = 32;

    internal static int SizeOf(LogEntry entry) => FixedSize + (entry is MessageEntry ? MessageId.Size : HashSize) + entry.Encoded.Length;

    internal static void Write(Span<byte> value, LogEntry entry, ReadOnlySpan<byte> sender, ulong total)
    {
        BinaryPrimitives.WriteUInt64BigEndian(value, entry.Epoch.Value);
        BinaryPrimitives.WriteInt64BigEndian(value[8..], entry.At.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64BigEndian(value[16..], total);
        sender.CopyTo(value[24..]);
        switch (entry)
        {
            case MessageEntry message:
                message.MessageId.WriteTo(value[FixedSize..]);
                entry.Encoded.Span.CopyTo(value[(FixedSize + MessageId.Size)..]);
                break;
            case CommitEntry commit:
                commit.Hash.Span.CopyTo(value[FixedSize..]);
                entry.Encoded.Span.CopyTo(value[(FixedSize + HashSize)..]);
                break;
            case NoticeEntry:
                value.Slice(FixedSize, HashSize).Clear();
                entry.Encoded.Span.CopyTo(value[(FixedSize + HashSize)..]);
                break;
        }
    }

    internal static MessageEntry ReadMessage(Sequence sequence, byte[] value, AgentKeys agents) => new(
        sequence, EpochOf(value), SenderOf(value, agents), AtOf(value),
        MessageId.FromBytes(value.AsSpan(FixedSize, MessageId.Size)), value.AsMemory(FixedSize + MessageId.Size));

    /// <summary>A commit or a notice.</summary>
    internal static LogEntry ReadCommit(Sequence sequence, byte[] value, AgentKeys agents)
    {
        var (hash, frame) = (value.AsMemory(FixedSize, HashSize), value.AsMemory(FixedSize + HashSize));
        return hash.Span.ContainsAnyExcept((byte)0)
            ? new CommitEntry(sequence, EpochOf(value), SenderOf(value, agents), AtOf(value), new Opaque(hash), frame)
            : new NoticeEntry(sequence, EpochOf(value), SenderOf(value, agents), AtOf(value), frame);
    }

    internal static ulong TotalOf(ReadOnlySpan<byte> value) => BinaryPrimitives.ReadUInt64BigEndian(value[16..]);

    private static Epoch EpochOf(ReadOnlySpan<byte> value) => new(BinaryPrimitives.ReadUInt64BigEndian(value));

    private static DateTimeOffset AtOf(ReadOnlySpan<byte> value) => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(value[8..]));

    private static AgentId SenderOf(ReadOnlySpan<byte> value, AgentKeys agents) => agents.AgentOf(value.Slice(24, Keys.AgentSize));
}
