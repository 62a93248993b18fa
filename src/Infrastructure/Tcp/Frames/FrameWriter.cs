using System.Buffers.Binary;
using System.Text;

namespace Skytale.Tcp.Frames;

/// <summary>Puts frames one behind the other into a batch. The caller looks at <see cref="Room"/> first.</summary>
internal ref struct FrameWriter(Span<byte> batch)
{
    private readonly Span<byte> _batch = batch;

    internal int Length { get; private set; }

    internal readonly int Room => _batch.Length - Length;

    internal void Write(FrameType type, ulong streamId = 0) => Begin(type, 0, streamId);

    internal void WriteUInt32(FrameType type, ulong streamId, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(Begin(type, sizeof(uint), streamId), value);

    internal void WriteUInt64(FrameType type, ulong streamId, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(Begin(type, sizeof(ulong), streamId), value);

    internal void WriteStreamsCredit(uint bidirectional, uint unidirectional)
    {
        var payload = Begin(FrameType.StreamsCredit, 2 * sizeof(uint), 0);
        BinaryPrimitives.WriteUInt32BigEndian(payload, bidirectional);
        BinaryPrimitives.WriteUInt32BigEndian(payload[sizeof(uint)..], unidirectional);
    }

    internal void WriteSettings(PeerSettings settings) => settings.Write(Begin(FrameType.Settings, PeerSettings.Size, 0));

    /// <summary>A <see cref="FrameType.Close"/> or <see cref="FrameType.Abort"/>; the reason is cut between characters.</summary>
    internal void WriteEnd(FrameType type, ulong code, string reason)
    {
        Span<byte> text = stackalloc byte[FrameHeader.MaxReason];
        Encoding.UTF8.GetEncoder().Convert(reason, text, flush: true, out _, out var length, out _);
        var payload = Begin(type, sizeof(ulong) + length, 0);
        BinaryPrimitives.WriteUInt64BigEndian(payload, code);
        text[..length].CopyTo(payload[sizeof(ulong)..]);
    }

    /// <summary>The payload of a data frame, for the caller to fill.</summary>
    internal Span<byte> BeginData(ulong streamId, int length) => Begin(FrameType.Data, length, streamId);

    private Span<byte> Begin(FrameType type, int length, ulong streamId)
    {
        new FrameHeader(type, length, streamId).Write(_batch[Length..]);
        var payload = _batch.Slice(Length + FrameHeader.Size, length);
        Length += FrameHeader.Size + length;
        return payload;
    }
}
