namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>ngtcp2_callbacks, version 1: forty function pointers; 320 bytes.</summary>
internal unsafe struct Ngtcp2Callbacks
{
    public const int Version = 1;

    public void* ClientInitial;
    public void* RecvClientInitial;
    public void* RecvCryptoData;
    public void* HandshakeCompleted;
    public void* RecvVersionNegotiation;
    public void* Encrypt;
    public void* Decrypt;
    public void* HpMask;
    public void* RecvStreamData;
    public void* AckedStreamDataOffset;
    public void* StreamOpen;
    public void* StreamClose;
    public void* RecvStatelessReset;
    public void* RecvRetry;
    public void* ExtendMaxLocalStreamsBidi;
    public void* ExtendMaxLocalStreamsUni;
    public void* Rand;
    public void* GetNewConnectionId;
    public void* RemoveConnectionId;
    public void* UpdateKey;
    public void* PathValidation;
    public void* SelectPreferredAddr;
    public void* StreamReset;
    public void* ExtendMaxRemoteStreamsBidi;
    public void* ExtendMaxRemoteStreamsUni;
    public void* ExtendMaxStreamData;
    public void* DcidStatus;
    public void* HandshakeConfirmed;
    public void* RecvNewToken;
    public void* DeleteCryptoAeadCtx;
    public void* DeleteCryptoCipherCtx;
    public void* RecvDatagram;
    public void* AckDatagram;
    public void* LostDatagram;
    public void* GetPathChallengeData;
    public void* StreamStopSending;
    public void* VersionNegotiation;
    public void* RecvRxKey;
    public void* RecvTxKey;
    public void* TlsEarlyDataRejected;
}
