using System.Buffers;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Frames;

/// <summary>
/// Writes frames to a stream for any number of callers. Frames that come while a write is under way go out together
/// with the next; callers wait only while more than <see cref="MaxPending"/> bytes do.
/// </summary>
#pragma warning disable CA1001 // The semaphore's wait handle is never made: there is nothing to dispose.
public sealed class FrameSender(ITransportSendStream stream)
#pragma warning restore CA1001
{
    /// <summary>Bytes that may wait for the write under way.</summary>
    public const int MaxPending = 1 << 20;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _pending = new();
    private ArrayBufferWriter<byte> _writing = new();
    private Exception? _failure;
    private bool _busy;
    private readonly SemaphoreSlim _next = new(1, 1);
    private TaskCompletionSource? _room;
    private int _queued;

    /// <summary>Sends a frame; see <see cref="SendAsync(ReadOnlyMemory{byte}, CancellationToken)"/>.</summary>
    public ValueTask SendAsync(Frame frame, CancellationToken cancellationToken = default) => SendAsync(frame, default, cancellationToken);

    /// <summary>Hands an encoded frame (with its length) to the stream, in the order of the calls.</summary>
    /// <exception cref="TransportException">The stream or connection has ended, now or in an earlier write.</exception>
    public ValueTask SendAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken = default) => SendAsync(null, encoded, cancellationToken);

    /// <param name="frame">Encoded where it waits; null: <paramref name="encoded"/> is.</param>
    private async ValueTask SendAsync(Frame? frame, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        if (TryAdd(frame, encoded, isNext: false) is not { } isWriter)
            isWriter = await WaitAndAddAsync(frame, encoded, cancellationToken).ConfigureAwait(false);
        if (isWriter)
            await WritePendingAsync().ConfigureAwait(false);
    }

    /// <summary>One after the other: who waited longest is next, before whoever comes later.</summary>
    private async ValueTask<bool> WaitAndAddAsync(Frame? frame, ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queued);
        try
        {
            await _next.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                while (true)
                {
                    if (TryAdd(frame, encoded, isNext: true) is { } isWriter)
                        return isWriter;
                    Task? room = null;
                    lock (_gate)
                    {
                        if (_busy)
                            room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                    }
                    if (room is not null)
                        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                _next.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    /// <returns>Whether the caller is to write; null where there is no room, or others wait for it.</returns>
    private bool? TryAdd(Frame? frame, ReadOnlyMemory<byte> encoded, bool isNext)
    {
        lock (_gate)
        {
            if (_failure is not null)
                throw new TransportException(TransportError.Closed, "The stream has failed.", inner: _failure);
            if ((_queued > 0 && !isNext) || (_busy && _pending.WrittenCount >= MaxPending))
                return null;
            if (frame is null)
                _pending.Write(encoded.Span);
            else
                FrameCodec.Encode(frame, _pending);
            (var isWriter, _busy) = (!_busy, true);
            return isWriter;
        }
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
                    _writing = new ArrayBufferWriter<byte>();
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
