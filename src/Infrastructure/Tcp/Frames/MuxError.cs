namespace Skytale.Tcp.Frames;

/// <summary>Why a connection is aborted; the table stands in docs/protocol/relay.md, "Over TLS on TCP".</summary>
internal enum MuxError : ulong
{
    UnknownFrame = 1,
    FrameSize = 2,
    StreamId = 3,
    StreamState = 4,
    FlowControl = 5,
    StreamLimit = 6,
    Settings = 7,
    IdleTimeout = 8,
    Internal = 9,
}

/// <summary>The peer broke a rule of the multiplexer.</summary>
internal sealed class MuxViolationException(MuxError error, string message) : Exception(message)
{
    internal MuxError Error { get; } = error;
}
