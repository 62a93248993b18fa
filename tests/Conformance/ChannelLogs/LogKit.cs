using System.Security.Cryptography;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Conformance.ChannelLogs;

/// <summary>Channels, agents and entries for tests of a log, which looks into none of their bytes.</summary>
public static class LogKit
{
    private static readonly DateTimeOffset s_start = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);

    public static AgentId AgentNumber(int number) => AgentId.FromPublicKey(SHA256.HashData(BitConverter.GetBytes(number)));

    public static ChannelRecord NewChannel(AgentId? creator = null)
    {
        var id = RandomNumberGenerator.GetBytes(ChannelId.Size);
        return ChannelName.TryParse($"acme/team/{Convert.ToHexStringLower(id)}", out var name)
            ? new ChannelRecord(new ChannelId(id), name, creator ?? AgentNumber(0), Opaque.Copy(SHA256.HashData(id)), s_start)
            : throw new InvalidOperationException("not a name");
    }

    public static MessageId NewMessageId() => MessageId.FromBytes(RandomNumberGenerator.GetBytes(MessageId.Size));

    public static MessageEntry Message(ulong sequence, ulong epoch = 0, int size = 100, MessageId? id = null, AgentId? sender = null) =>
        new(new Sequence(sequence), new Epoch(epoch), sender ?? AgentNumber(0), s_start.AddMilliseconds(sequence), id ?? NewMessageId(), Frame(sequence, size));

    public static CommitEntry Commit(ulong sequence, ulong epoch, AgentId? sender = null)
    {
        var frame = Frame(sequence, 500);
        return new CommitEntry(new Sequence(sequence), new Epoch(epoch), sender ?? AgentNumber(0), s_start.AddMilliseconds(sequence), Opaque.Copy(SHA256.HashData(frame)), frame);
    }

    public static NoticeEntry Notice(ulong sequence, ulong epoch, AgentId? sender = null) =>
        new(new Sequence(sequence), new Epoch(epoch), sender ?? AgentNumber(0), s_start.AddMilliseconds(sequence), Frame(sequence, 200));

    /// <summary>A voided commit leads back to an epoch; everything from the commit on is void.</summary>
    public static GroupChange Void(byte state, ulong epoch, ulong from, AgentId[]? added = null, AgentId[]? removed = null) =>
        new(new[] { state }, [.. added ?? []], [.. removed ?? []], null, new VoidedEntries(new Epoch(epoch), new Sequence(from)));

    public static GroupChange Change(byte state, AgentId[]? added = null, AgentId[]? removed = null) =>
        new(new[] { state }, [.. added ?? []], [.. removed ?? []], added is null ? null : new byte[] { 0xee, state });

    /// <summary>Equal in all that a log stores.</summary>
    public static void ShouldBeTheSame(this LogEntry read, LogEntry written)
    {
        read.GetType().ShouldBe(written.GetType());
        (read.Sequence, read.Epoch, read.Sender, read.At).ShouldBe((written.Sequence, written.Epoch, written.Sender, written.At));
        read.Encoded.Span.SequenceEqual(written.Encoded.Span).ShouldBeTrue();
        if (read is MessageEntry message)
            message.MessageId.ShouldBe(((MessageEntry)written).MessageId);
        if (read is CommitEntry commit)
            commit.Hash.ShouldBe(((CommitEntry)written).Hash);
    }

    private static byte[] Frame(ulong sequence, int size)
    {
        var frame = new byte[size];
        new Random((int)sequence).NextBytes(frame);
        return frame;
    }
}
