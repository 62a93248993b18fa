using System.Threading.Channels;
using Skytale.Transport;

namespace Skytale.MsQuic;

/// <summary>
/// A connection's streams of each kind, in the two places where they wait: for the application to accept them, and for the
/// peer to allow them. The second is kept here because System.Net.Quic numbers a stream before it waits for the peer: one
/// that is given up while it waits would keep its number, and the next would wait behind it.
/// </summary>
internal sealed class StreamLanes
{
    internal Lane Bidirectional { get; } = new(StreamKind.Bidirectional);

    internal Lane Unidirectional { get; } = new(StreamKind.Unidirectional);

    /// <summary>The peer allows so many streams more (MAX_STREAMS, RFC 9000 § 19.11). Any thread; also before the handshake is over.</summary>
    internal void Allow(int bidirectional, int unidirectional)
    {
        Bidirectional.Allow(bidirectional);
        Unidirectional.Allow(unidirectional);
    }

    /// <summary>Nothing comes any more; what has come can still be accepted.</summary>
    internal void Complete()
    {
        Bidirectional.Complete();
        Unidirectional.Complete();
    }

    /// <summary>The streams of one kind.</summary>
    internal sealed class Lane(StreamKind kind)
    {
        private readonly Channel<byte> _places = Channel.CreateUnbounded<byte>();

        internal StreamKind Kind { get; } = kind;

        /// <summary>Streams of the peer that nobody accepted yet.</summary>
        internal Channel<MsQuicStream> Incoming { get; } = Channel.CreateUnbounded<MsQuicStream>();

        /// <summary>Waits until the peer allows one more stream, and takes its place. First come, first served.</summary>
        /// <exception cref="ChannelClosedException">The connection has ended.</exception>
        internal async ValueTask TakePlaceAsync(CancellationToken cancellationToken) =>
            _ = await _places.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

        internal void Allow(int more)
        {
            for (var i = 0; i < more; i++)
                _places.Writer.TryWrite(0); // False when the connection has ended: nobody needs the place.
        }

        internal void Complete()
        {
            _places.Writer.TryComplete();
            Incoming.Writer.TryComplete();
        }
    }
}
