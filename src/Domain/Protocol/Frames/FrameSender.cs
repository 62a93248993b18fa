using System.Buffers;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Frames;

/// <summary>
/// Writes frames to a stream for any number of callers. Frames that come while a write is under way go out together
/// with the next; callers wait only while more than <see cref="MaxPending"/> bytes do.
/// </summary>
public sealed class FrameSender(ITransportSendStream stream)
{
    /// <summary>Bytes that may wait for the write under way.</summary>
    public const int MaxPending = 1 << 20;

    private const int InitialSize = 16 << 10;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _pending = new(InitialSize);
    private ArrayBufferWriter<byte> _writing = new(InitialSize);
    private Exception? _failure;
    private bool _busy;
    private TaskCompletionSource? _room;

    /// <summary>Sends a frame; see <see cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.</summary>
    public ValueTask SendAsync(Frame frame, CancellationToken cancellationToken = default) => SendAsync(frame, default, cancellationToken);

    /// <summary>Hands an encoded frame (with its length) to the stream, in the order of the calls.</summary>
    /// <exception cref="TransportException">The stream or connection has ended, now or in an earlier write.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken = default) => SendAsync(null, encoded, cancellationToken);

    /// <param name="frame">Encoded where it waits; null: <paramref name="encoded"/> is.</param>
    private async ValueTask SendAsync(Frame? frame, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_failure is not null)
                    throw new TransportException(TransportError.Closed, "The stream has failed.", inner: _failure);
                if (!_busy || _pending.WrittenCount < MaxPending)
                {
                    if (frame is null)
                        _pending.Write(encoded.Span);
                    else
                        FrameCodec.Encode(frame, _pending);
                    if (_busy)
                        return;
                    _busy = true;
                    break;
                }
                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        await WritePendingAsync().ConfigureAwait(false);
    }

    private async ValueTask WritePendingAsync()
    {
        while (TakePending())
        {
            try
            {
                await stream.WriteAsync(_writing.WrittenMemory).ConfigureAwait(false);
                // A large frame's room is not kept for as long as the stream lives.
                if (_writing.Capacity > 2 * MaxPending)
                    _writing = new ArrayBufferWriter<byte>(InitialSize);
                _writing.ResetWrittenCount();
            }
            catch (Exception e)
            {
                Fail(e);
                throw;
            }
        }
    }

    private bool TakePending()
    {
        lock (_gate)
        {
            _room?.SetResult();
            _room = null;
            _busy = _pending.WrittenCount > 0;
            (_pending, _writing) = (_writing, _pending);
            return _busy;
        }
    }

    private void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _room?.SetResult();
            _room = null;
        }
    }
}
