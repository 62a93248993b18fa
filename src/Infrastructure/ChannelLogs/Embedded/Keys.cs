using System.Buffers.Binary;
using System.Text;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>The keys of the embedded log. Numbers are big-endian, so that RocksDB's order is the channel's.</summary>
/// <remarks>
/// <code>
/// 'n' name                            the channel's id
/// 'r' channel[32]                     ChannelRecord
/// 's' channel[32]                     epoch, and the channel's state
/// 't' channel[32]                     what was trimmed
/// 'm' channel[32] uint64 sequence     a message
/// 'c' channel[32] uint64 sequence     a commit or a notice
/// 'b' channel[32] uint64 sequence     the channel before a commit that may be voided
/// 'x' channel[32] uint64 sequence     from there on entries are void, up to the sequence of the one that says so
/// 'e' channel[32] uint64 epoch        the sequence of the commit that ended it, which may be void
/// 'i' channel[32] agent[32] id[16]    the sequence of a message, which may be void
/// 'k' channel[32] agent[32]           how far the agent has acknowledged
/// 'a' agent[32] channel[32]           the agent is a member; empty
/// 'w' agent[32] channel[32]           the sequence of the commit whose Welcome waits for it
/// 'v' channel[32] uint64 sequence     for how many agents a Welcome waits, and the Welcome
/// 'p'                                 what a probe writes; empty
/// </code>
/// </remarks>
internal static class Keys
{
    internal static readonly byte[] Probe = [(byte)'p'];

    internal const int AgentSize = AgentId.PublicKeySize;

    internal static byte[] Name(ChannelName name) => [(byte)'n', .. Encoding.ASCII.GetBytes(name.ToString())];

    internal static byte[] Record(ChannelId channel) => Of('r', channel.Bytes.Span);

    internal static byte[] State(ChannelId channel) => Of('s', channel.Bytes.Span);

    internal static byte[] Trim(ChannelId channel) => Of('t', channel.Bytes.Span);

    internal static byte[] Message(ChannelId channel, Sequence sequence) => Of('m', channel.Bytes.Span, UInt64(sequence.Value));

    internal static byte[] Commit(ChannelId channel, Sequence sequence) => Of('c', channel.Bytes.Span, UInt64(sequence.Value));

    internal static byte[] Before(ChannelId channel, Sequence commit) => Of('b', channel.Bytes.Span, UInt64(commit.Value));

    internal static byte[] Voided(ChannelId channel, Sequence from) => Of('x', channel.Bytes.Span, UInt64(from.Value));

    internal static byte[] Ended(ChannelId channel, Epoch epoch) => Of('e', channel.Bytes.Span, UInt64(epoch.Value));

    internal static byte[] MessageIndex(ChannelId channel, ReadOnlySpan<byte> sender, MessageId id)
    {
        var key = new byte[1 + ChannelId.Size + AgentSize + MessageId.Size];
        Write(key, 'i', channel.Bytes.Span, sender);
        id.WriteTo(key.AsSpan(1 + ChannelId.Size + AgentSize));
        return key;
    }

    internal static byte[] Acknowledged(ChannelId channel, ReadOnlySpan<byte> agent) => Of('k', channel.Bytes.Span, agent);

    internal static byte[] Member(ReadOnlySpan<byte> agent, ChannelId channel) => Of('a', agent, channel.Bytes.Span);

    internal static byte[] Waiting(ReadOnlySpan<byte> agent, ChannelId channel) => Of('w', agent, channel.Bytes.Span);

    internal static byte[] Welcome(ChannelId channel, Sequence sequence) => Of('v', channel.Bytes.Span, UInt64(sequence.Value));

    /// <summary>What all keys of one sort and owner start with.</summary>
    internal static byte[] Prefix(char sort, ReadOnlySpan<byte> owner) => Of(sort, owner);

    /// <summary>The number at a key's end.</summary>
    internal static ulong NumberOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key[^sizeof(ulong)..]);

    private static byte[] UInt64(ulong value)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Of(char sort, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        var key = new byte[1 + first.Length + second.Length];
        Write(key, sort, first, second);
        return key;
    }

    private static void Write(Span<byte> key, char sort, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        key[0] = (byte)sort;
        first.CopyTo(key[1..]);
        second.CopyTo(key[(1 + first.Length)..]);
    }
}
