namespace Skytale.Protocol.Transport;

/// <summary>What every stream has, whichever way its bytes go.</summary>
public interface ITransportStreamSide : IAsyncDisposable
{
    /// <summary>The stream's number, unique within its connection (RFC 9000 § 2.1: the lowest bit is the opener, the next says whether it is unidirectional).</summary>
    long Id { get; }

    /// <summary>
    /// Abandons the stream, both directions where it has two; the peer's reads and writes fail with the code. Idempotent.
    /// Disposing does the same with code 0, unless the end was written: that is still delivered.
    /// </summary>
    void Reset(ulong code);
}

/// <summary>
/// A byte stream from the peer, with flow control. One reader at a time: two concurrent reads are the caller's bug and throw
/// <see cref="InvalidOperationException"/>.
/// </summary>
public interface ITransportReceiveStream : ITransportStreamSide
{
    /// <summary>Reads at least one byte, or returns 0 when the peer has finished its direction.</summary>
    /// <param name="buffer">At least one byte long.</param>
    /// <exception cref="TransportException">The stream was reset or the connection has ended.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);
}

/// <summary>
/// A byte stream to the peer, with flow control. One writer at a time: two concurrent writes are the caller's bug and throw
/// <see cref="InvalidOperationException"/>.
/// </summary>
public interface ITransportSendStream : ITransportStreamSide
{
    /// <summary>
    /// Hands the bytes to the transport; returns when they are buffered, which waits while the peer does not take
    /// more. The buffer may be reused on return. Returning says nothing about delivery.
    /// </summary>
    /// <param name="buffer">At least one byte, except together with <paramref name="endStream"/>.</param>
    /// <param name="endStream">True finishes this direction after the bytes.</param>
    /// <param name="cancellationToken">Cancelling leaves the stream in an undefined position: reset it.</param>
    /// <exception cref="TransportException">The stream was reset by the peer or the connection has ended.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default);
}

/// <summary>A bidirectional byte stream; its reader and its writer may work at the same time.</summary>
public interface ITransportStream : ITransportReceiveStream, ITransportSendStream;
