using System.Buffers.Binary;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Frames;

/// <summary>Cuts a stream into frames. One caller at a time.</summary>
public sealed class FrameReader(ITransportReceiveStream stream, int maxFrameSize = FrameCodec.MaxFrameSize)
{
    /// <summary>Room for so many bytes is made for a frame at once; for more of it when so many have come, whatever its length promises.</summary>
    private const int FirstRoom = 64 << 10;

    /// <summary>What a stream's buffer has at first: most streams carry little. One that was filled is made four times as large, up to <see cref="FirstRoom"/>.</summary>
    private const int SmallestBuffer = 1 << 10;

    private byte[] _buffer = new byte[SmallestBuffer];
    private int _start;
    private int _end;

    /// <summary>The largest frame that is taken from now on, in bytes.</summary>
    public int MaxFrameSize { get; set; } = maxFrameSize;

    /// <summary>The next frame, or null when the peer finished the stream between two frames.</summary>
    /// <exception cref="ProtocolException">
    /// <see cref="ErrorCode.FrameTooLarge"/>, <see cref="ErrorCode.MalformedFrame"/> (also a stream that ends inside a
    /// frame) or <see cref="ErrorCode.UnknownFrameType"/>.
    /// </exception>
    /// <exception cref="TransportException">The stream or connection has ended.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (_end - _start < FrameCodec.PrefixSize)
        {
            if (await FillAsync(cancellationToken).ConfigureAwait(false))
                continue;
            return _end == _start ? null : throw EndsInside();
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start));
        if (length > MaxFrameSize)
            throw new ProtocolException(ErrorCode.FrameTooLarge, $"A frame of {length} bytes; {MaxFrameSize} are taken here.");
        _start += FrameCodec.PrefixSize;

        var body = Room((int)length, FirstRoom);
        var filled = Math.Min(body.Length, _end - _start);
        _buffer.AsSpan(_start, filled).CopyTo(body);
        _start += filled;
        while (filled < length)
        {
            if (filled == body.Length)
            {
                var larger = Room((int)length, body.Length * 4);
                body.CopyTo(larger, 0);
                body = larger;
            }
            var read = await stream.ReadAsync(body.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            filled += read > 0 ? read : throw EndsInside();
        }
        return FrameCodec.Decode(body);
    }

    /// <summary>Not cleared: it is filled before anybody sees it.</summary>
    private static byte[] Room(int wanted, int most) => GC.AllocateUninitializedArray<byte>(Math.Min(wanted, most));

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var buffer = _end == _buffer.Length && _buffer.Length < FirstRoom ? new byte[4 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(buffer);
        _buffer = buffer;
        _end -= _start;
        _start = 0;
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    private static ProtocolException EndsInside() => new(ErrorCode.MalformedFrame, "The stream ends inside a frame.");
}
