using Skytale.Protocol.Transport;

namespace Skytale.Conformance.Memory;

/// <summary>One end of a stream in memory.</summary>
internal sealed class MemoryStream(MemoryLink link, MemoryConnection connection, long id, MemoryPipe incoming, MemoryPipe outgoing) : ITransportStream
{
    private int _reading;
    private int _writing;
    private TransportException? _abandoned;

    public long Id { get; } = id;

    internal MemoryStream Counterpart { get; set; } = null!;

    internal bool IsAnnounced { get; set; }

    internal bool IsAccepted { get; set; }

    /// <summary>Both directions are over and the peer's application has had the stream.</summary>
    internal bool IsOver => incoming.IsOver && outgoing.IsOver && Counterpart.IsAccepted;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must hold at least one byte.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _reading, 1) != 0)
            throw new InvalidOperationException("A read of this stream is still under way.");
        try
        {
            while (true)
            {
                Task changed;
                lock (link.Gate)
                {
                    if (TryRead(buffer.Span, out var count))
                        return count;
                    changed = link.Changed;
                }
                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty && !endStream)
            throw new ArgumentException("The buffer must hold at least one byte, unless it ends the stream.", nameof(buffer));
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _writing, 1) != 0)
            throw new InvalidOperationException("A write of this stream is still under way.");
        try
        {
            while (true)
            {
                Task changed;
                lock (link.Gate)
                {
                    buffer = buffer[Write(buffer.Span)..];
                    if (buffer.IsEmpty)
                    {
                        if (endStream)
                            outgoing.Finish();
                        Announce();
                        link.Pulse();
                        return;
                    }
                    Announce();
                    link.Pulse();
                    changed = link.Changed;
                }
                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public void Reset(ulong code) => Abandon(new TransportException(TransportError.StreamReset, "This side reset the stream.", code), code, keepsFinished: false);

    public ValueTask DisposeAsync()
    {
        Abandon(new TransportException(TransportError.Closed, "This side disposed the stream."), code: 0, keepsFinished: true);
        return ValueTask.CompletedTask;
    }

    private bool TryRead(Span<byte> destination, out int count)
    {
        count = 0;
        if (_abandoned is not null)
            throw new TransportException(_abandoned.Error, _abandoned.Message, _abandoned.Code);
        if (connection.End?.Kind == TransportClosedBy.Local)
            connection.ThrowIfEnded();
        count = incoming.Take(destination);
        if (count > 0)
            link.Pulse();
        else if (incoming.ResetCode is { } code)
            throw new TransportException(TransportError.StreamReset, "The peer reset the stream.", code);
        else if (!incoming.IsFinished)
            connection.ThrowIfEnded();
        return count > 0 || incoming.IsFinished;
    }

    private int Write(ReadOnlySpan<byte> bytes)
    {
        if (_abandoned is not null)
            throw new TransportException(_abandoned.Error, _abandoned.Message, _abandoned.Code);
        connection.ThrowIfEnded();
        if (outgoing.StopCode is { } code)
            throw new TransportException(TransportError.StreamReset, "The peer reads no more of the stream.", code);
        if (outgoing.IsFinished)
            throw new InvalidOperationException("The stream's end was already written.");
        return outgoing.Append(bytes);
    }

    private void Abandon(TransportException why, ulong code, bool keepsFinished)
    {
        lock (link.Gate)
        {
            if (_abandoned is not null)
                return;
            _abandoned = why;
            if (connection.End is not null)
                return;
            if (!keepsFinished || !outgoing.IsFinished)
                outgoing.ResetByWriter(code);
            incoming.StopByReader(code);
            link.Pulse();
        }
    }

    private void Announce()
    {
        if (IsAnnounced)
            return;
        IsAnnounced = true;
        connection.Peer.Announce(Counterpart);
    }
}
