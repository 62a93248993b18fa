namespace Skytale.Tcp.Frames;

/// <summary>The frames of docs/protocol/relay.md, "Over TLS on TCP".</summary>
internal enum FrameType : byte
{
    Settings = 0,
    Open = 1,
    Data = 2,
    Fin = 3,
    Reset = 4,
    Stop = 5,
    Credit = 6,
    ConnectionCredit = 7,
    StreamsCredit = 8,
    Ping = 9,
    Pong = 10,
    Close = 11,
    Abort = 12,
}
