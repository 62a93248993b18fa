using System.Net.Quic;
using Skytale.MsQuic;

namespace Skytale.Infrastructure.Tests.MsQuic.Model;

/// <summary>One end of a stream, with the manners of a QuicStream.</summary>
internal sealed class ModelStream(ModelConnection connection, long id, ModelPipe? incoming, ModelPipe? outgoing) : INativeStream
{
    private bool _disposed;

    public long Id { get; } = id;

    public bool CanRead => incoming is not null;

    public bool CanWrite => outgoing is not null;

    public Task WritesClosed => outgoing?.WritesClosed ?? Task.CompletedTask;

    public ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return incoming!.ReadAsync(buffer);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool completeWrites, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        connection.ShowToPeer(Id);
        return outgoing!.WriteAsync(buffer, completeWrites, cancellationToken);
    }

    public void Abort(QuicAbortDirection direction, long errorCode)
    {
        if (_disposed)
            return;
        connection.ShowToPeer(Id);
        lock (connection.Gate)
        {
            if (direction.HasFlag(QuicAbortDirection.Read))
                incoming?.AbortReading(errorCode);
            if (direction.HasFlag(QuicAbortDirection.Write))
                outgoing?.AbortWriting(errorCode);
        }
    }

    /// <summary>Aborts what is not read, finishes what is not finished: here the adapter must not rely on the second, which looks like a proper end.</summary>
    public ValueTask DisposeAsync()
    {
        lock (connection.Gate)
        {
            if (_disposed)
                return ValueTask.CompletedTask;
            _disposed = true;
            if (!WritesClosed.IsCompleted)
                throw new InvalidOperationException("A stream was disposed whose sending direction was neither ended nor aborted.");
            incoming?.AbortReading(0);
        }
        connection.GiveBack(Id);
        return ValueTask.CompletedTask;
    }

    internal void EndWithConnection(Exception here, Exception there)
    {
        incoming?.Fail(here, there);
        outgoing?.Fail(there, here);
    }
}
