using System.Net.Quic;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic.Model;

/// <summary>
/// One direction of a stream as System.Net.Quic shows it: a window, an end, an abort by either side, and the connection's end,
/// which drops what was not read. The link's lock guards it.
/// </summary>
internal sealed class ModelPipe(Lock gate, int window)
{
    private readonly ByteQueue _bytes = new(RentedBuffers.Uncounted);
    private readonly TaskCompletionSource _writesClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _readFailure;
    private Exception? _writeFailure;
    private bool _fin;
    private bool _finRead;
    private int _reads;
    private int _writes;

    internal Task WritesClosed => _writesClosed.Task;

    internal bool ReadsClosed => _readFailure is not null || _finRead;

    internal async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (buffer.IsEmpty || Interlocked.Increment(ref _reads) != 1)
            throw new InvalidOperationException("An empty read, or two at once.");
        try
        {
            while (true)
            {
                Task changed;
                lock (gate)
                {
                    if (_readFailure is not null)
                        throw _readFailure;
                    var count = _bytes.Take(buffer.Span);
                    if (count > 0 || _fin)
                    {
                        _finRead = _fin && _bytes.Length == 0;
                        Changed();
                        return count;
                    }
                    changed = _changed.Task;
                }
                await changed;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _reads);
        }
    }

    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool completeWrites, CancellationToken cancellationToken)
    {
        if ((buffer.IsEmpty && !completeWrites) || Interlocked.Increment(ref _writes) != 1)
            throw new InvalidOperationException("An empty write without the end, or two at once.");
        try
        {
            while (true)
            {
                Task changed;
                lock (gate)
                {
                    if (_writeFailure is not null)
                        throw _writeFailure;
                    var taken = Math.Min(buffer.Length, window - _bytes.Length);
                    _bytes.Append(buffer.Span[..taken]);
                    buffer = buffer[taken..];
                    if (buffer.IsEmpty)
                    {
                        _fin = completeWrites;
                        if (_fin)
                            _writesClosed.TrySetResult();
                        Changed();
                        return;
                    }
                    Changed();
                    changed = _changed.Task;
                }
                await changed.WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            lock (gate)
                AbortWriting(0);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _writes);
        }
    }

    internal void AbortReading(long code)
    {
        if (ReadsClosed)
            return;
        _bytes.Clear();
        Fail(ModelErrors.OperationAborted(), ModelErrors.StreamAborted(code));
    }

    internal void AbortWriting(long code)
    {
        if (!_writesClosed.Task.IsCompleted)
            Fail(ModelErrors.StreamAborted(code), ModelErrors.OperationAborted());
    }

    /// <summary>The connection's end: what each side is told.</summary>
    internal void Fail(Exception reader, Exception writer)
    {
        if (!ReadsClosed)
            _readFailure = reader;
        if (!_writesClosed.Task.IsCompleted)
        {
            _writeFailure = writer;
            _writesClosed.SetException(writer);
            _ = _writesClosed.Task.Exception; // As System.Net.Quic's: seen, should nobody look.
        }
        Changed();
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}

/// <summary>System.Net.Quic's exceptions.</summary>
internal static class ModelErrors
{
    internal static QuicException OperationAborted() => new(QuicError.OperationAborted, null, "Operation aborted.");

    internal static QuicException StreamAborted(long code) => new(QuicError.StreamAborted, code, $"Stream aborted by peer ({code}).");

    internal static QuicException ConnectionAborted(long code) => new(QuicError.ConnectionAborted, code, $"Connection aborted by peer ({code}).");
}
