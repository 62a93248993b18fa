using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Groups;

// SHA-512("Skytale 1.0 SafetyNumber" || channel_id[32] || the members' Ed25519 keys, 32 bytes each, in ascending order)

/// <summary>
/// What two members compare by another way than the service: equal numbers say that both are in this channel with members of exactly
/// the same identities, their own among them. It says nothing of who stands behind an identity, and changes with the members.
/// </summary>
public static class SafetyNumber
{
    private const int Groups = 12;
    private const int BytesOfGroup = 5;

    /// <summary>Sixty digits in twelve groups of five: the hash's first sixty bytes, five of them a group, modulo 100,000.</summary>
    public static string Compute(ChannelId channel, IEnumerable<AgentId> members)
    {
        using var writer = new TlsWriter();
        writer.WriteFixed("Skytale 1.0 SafetyNumber"u8);
        writer.WriteFixed(channel.Bytes.Span);
        foreach (var key in members.Select(member => member.ToPublicKey()).Order(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right))))
            writer.WriteFixed(key);
        var hash = SHA512.HashData(writer.WrittenSpan);
        return string.Join(' ', Enumerable.Range(0, Groups).Select(group => Digits(hash.AsSpan(group * BytesOfGroup, BytesOfGroup))));
    }

    private static string Digits(ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        bytes.CopyTo(number[^BytesOfGroup..]);
        return (BinaryPrimitives.ReadUInt64BigEndian(number) % 100_000).ToString("d5", CultureInfo.InvariantCulture);
    }
}
