namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>The NGTCP2_ERR_ codes that the adapter tells apart; any other closes the connection.</summary>
internal static class Ngtcp2Error
{
    public const int StreamIdBlocked = -206;
    public const int StreamDataBlocked = -208;
    public const int Crypto = -213;
    public const int StreamShutWr = -219;
    public const int StreamNotFound = -220;
    public const int Draining = -224;
    public const int RecvVersionNegotiation = -222;
    public const int WriteMore = -230;
    public const int Retry = -231;
    public const int DropConn = -232;
    public const int VersionNegotiation = -235;
    public const int HandshakeTimeout = -236;
    public const int IdleClose = -238;
    public const int CallbackFailure = -502;
}
