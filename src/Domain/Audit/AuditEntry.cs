using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Skytale.Audit;

// In the presentation language of RFC 8446 § 3; strings are UTF-8, integers big-endian:
//
// struct {
//     opaque label[16] = "skytale audit 1\0";
//     opaque previous[32];
//     uint64 seq;
//     uint64 at;                       /* milliseconds of Unix */
//     opaque actor<0..2^32-1>;
//     opaque act<0..2^32-1>;
//     opaque target<0..2^32-1>;
//     optional<opaque<0..2^32-1>> reason;
//     opaque outcome<0..2^32-1>;
//     optional<opaque<0..2^32-1>> request_id;
// } AuditContent;
//
// hash = SHA-256(AuditContent)

/// <summary>An entry of the audit log. Its hash covers it and, through the hash of the one before, all that came before it.</summary>
/// <param name="Seq">Its place, from 1 and without gaps.</param>
public sealed record AuditEntry(long Seq, DateTimeOffset At, string Actor, string Act, string Target, string? Reason, string Outcome, string? RequestId, AuditHash Hash)
{
    /// <summary>The entry that follows another, or the first one.</summary>
    public static AuditEntry After(AuditEntry? last, AuditRecord what)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(what.At.ToUnixTimeMilliseconds()); // As it is stored and exported.
        var entry = new AuditEntry((last?.Seq ?? 0) + 1, at, what.Actor, what.Act, what.Target, what.Reason, what.Outcome, what.RequestId, default);
        return entry with { Hash = entry.ComputeHash(last?.Hash ?? AuditHash.BeforeAll) };
    }

    /// <summary>The hash that this entry has behind another of this hash.</summary>
    public AuditHash ComputeHash(AuditHash previous)
    {
        var content = new ArrayBufferWriter<byte>(256);
        content.Write("skytale audit 1\0"u8);
        content.Write(previous.ToBytes());
        WriteUInt64(content, Seq);
        WriteUInt64(content, At.ToUnixTimeMilliseconds());
        WriteText(content, Actor);
        WriteText(content, Act);
        WriteText(content, Target);
        WriteOptional(content, Reason);
        WriteText(content, Outcome);
        WriteOptional(content, RequestId);
        return AuditHash.Of(SHA256.HashData(content.WrittenSpan));
    }

    private static void WriteUInt64(ArrayBufferWriter<byte> content, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(content.GetSpan(sizeof(long)), value);
        content.Advance(sizeof(long));
    }

    private static void WriteOptional(ArrayBufferWriter<byte> content, string? text)
    {
        content.Write(text is null ? [0] : [1]);
        if (text is not null)
            WriteText(content, text);
    }

    private static void WriteText(ArrayBufferWriter<byte> content, string text)
    {
        BinaryPrimitives.WriteInt32BigEndian(content.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        content.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, content);
    }
}
