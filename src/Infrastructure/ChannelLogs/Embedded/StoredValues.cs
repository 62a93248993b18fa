using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>The <see cref="ChannelRecord"/> at rest.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint8 version = 1;
///     opaque name&lt;V&gt;;
///     opaque creator[32];
///     opaque creation_hash&lt;V&gt;;
///     uint64 created_at;            milliseconds since 1970
/// } StoredRecord;
/// </code>
/// </remarks>
internal static class StoredRecord
{
    private const byte Version = 1;

    internal static byte[] Write(ChannelRecord record)
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        writer.WriteOpaque(System.Text.Encoding.ASCII.GetBytes(record.Name.ToString()));
        writer.WriteFixed(record.Creator.ToPublicKey());
        writer.WriteOpaque(record.CreationHash);
        writer.WriteUInt64((ulong)record.CreatedAt.ToUnixTimeMilliseconds());
        return writer.WrittenSpan.ToArray();
    }

    internal static ChannelRecord Read(ChannelId channel, byte[] value)
    {
        var reader = new TlsReader(value);
        if (reader.ReadUInt8() != Version || !ChannelName.TryParse(System.Text.Encoding.ASCII.GetString(reader.ReadOpaque().Span), out var name))
            throw new InvalidDataException("a channel's record is of another version");
        return new ChannelRecord(
            channel, name, AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span), reader.ReadOpaque(),
            DateTimeOffset.FromUnixTimeMilliseconds((long)reader.ReadUInt64()));
    }
}

/// <summary>The epoch that a channel is in, and its state there.</summary>
internal readonly record struct StoredState(Epoch Epoch, ReadOnlyMemory<byte> State)
{
    internal byte[] Write()
    {
        using var writer = new TlsWriter(State.Length + sizeof(ulong));
        writer.WriteUInt64(Epoch.Value);
        writer.WriteFixed(State.Span);
        return writer.WrittenSpan.ToArray();
    }

    internal static StoredState Read(byte[] value)
    {
        var reader = new TlsReader(value);
        return new StoredState(new Epoch(reader.ReadUInt64()), value.AsMemory(sizeof(ulong)));
    }
}

/// <summary>What was trimmed of a channel, and what its newest entry said of the frames' bytes then.</summary>
internal readonly record struct StoredTrim(Sequence Messages, Sequence Commits, ulong Bytes, Sequence Last, ulong Total)
{
    internal byte[] Write()
    {
        using var writer = new TlsWriter(5 * sizeof(ulong));
        foreach (var number in (ReadOnlySpan<ulong>)[Messages.Value, Commits.Value, Bytes, Last.Value, Total])
            writer.WriteUInt64(number);
        return writer.WrittenSpan.ToArray();
    }

    internal static StoredTrim Read(byte[]? value)
    {
        if (value is null)
            return default;
        var reader = new TlsReader(value);
        return new StoredTrim(new Sequence(reader.ReadUInt64()), new Sequence(reader.ReadUInt64()), reader.ReadUInt64(), new Sequence(reader.ReadUInt64()), reader.ReadUInt64());
    }
}

/// <summary>A Welcome, and for how many agents it waits.</summary>
internal readonly record struct StoredWelcome(uint Waiting, ReadOnlyMemory<byte> Welcome)
{
    internal byte[] Write()
    {
        using var writer = new TlsWriter(Welcome.Length + sizeof(uint));
        writer.WriteUInt32(Waiting);
        writer.WriteFixed(Welcome.Span);
        return writer.WrittenSpan.ToArray();
    }

    internal static StoredWelcome Read(byte[] value)
    {
        var reader = new TlsReader(value);
        return new StoredWelcome(reader.ReadUInt32(), value.AsMemory(sizeof(uint)));
    }
}

/// <summary>A place in the order, alone.</summary>
internal static class StoredSequence
{
    internal static byte[] Write(Sequence sequence)
    {
        var value = new byte[sizeof(ulong)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(value, sequence.Value);
        return value;
    }

    internal static Sequence Read(ReadOnlySpan<byte> value) => new(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(value));
}
