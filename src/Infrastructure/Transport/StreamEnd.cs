using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>Why a direction of a stream is over before its proper end; every later call throws its own exception of it.</summary>
internal sealed record StreamEnd(TransportError Error, string Message, ulong? Code)
{
    internal static StreamEnd ResetByPeer(ulong code) => new(TransportError.StreamReset, $"The peer reset the stream with code {code}.", code);

    internal static StreamEnd StoppedByPeer(ulong code) => new(TransportError.StreamReset, $"The peer reads no more of the stream, with code {code}.", code);

    internal static StreamEnd ResetHere(ulong code) => new(TransportError.StreamReset, $"This side reset the stream with code {code}.", code);

    internal static StreamEnd DisposedHere { get; } = new(TransportError.Closed, "This side disposed the stream.", null);

    /// <summary>The direction that a unidirectional stream does not have.</summary>
    internal static StreamEnd Never { get; } = new(TransportError.Closed, "The stream is unidirectional, the other way.", null);

    internal static StreamEnd With(TransportClosed closed) =>
        new(TransportError.Closed, ClosedText.Of(closed), closed.Kind is TransportClosedBy.Local or TransportClosedBy.Peer ? closed.Code : null);

    internal TransportException ToException() => new(Error, Message, Code);
}

/// <summary>A connection's end in words.</summary>
internal static class ClosedText
{
    internal static string Of(TransportClosed closed) => closed.Kind switch
    {
        TransportClosedBy.Local => $"This side closed the connection with code {closed.Code}: {closed.Reason}",
        TransportClosedBy.Peer => $"The peer closed the connection with code {closed.Code}: {closed.Reason}",
        TransportClosedBy.IdleTimeout => "The connection was idle for too long.",
        _ => $"The transport failed: {closed.Reason}",
    };
}
