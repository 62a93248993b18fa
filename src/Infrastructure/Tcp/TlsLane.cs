using Skytale.Transport;

namespace Skytale.Tcp;

/// <summary>A connection's streams of one kind: who waits for them, which ids come next, how many more are allowed. The connection's lock guards it.</summary>
internal sealed class TlsLane(StreamKind kind, bool isServer, int theirLimit)
{
    internal StreamLane<TlsStream> Waiting { get; } = new(kind);

    internal ulong NextOurs { get; set; } = (ulong)StreamIds.First(kind, isServer);

    internal ulong NextTheirs { get; set; } = (ulong)StreamIds.First(kind, !isServer);

    /// <summary>Streams that this side may still open.</summary>
    internal int Allowed { get; set; }

    /// <summary>Streams that the peer may still open.</summary>
    internal int TheirAllowed { get; set; } = theirLimit;

    /// <summary>Streams of the peer that are over and not given back to it.</summary>
    internal int Due { get; set; }
}
