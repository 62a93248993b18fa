namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>ngtcp2_settings, version 2; 184 bytes. Durations in nanoseconds.</summary>
internal unsafe struct Ngtcp2Settings
{
    public const int Version = 2;

    public void* QlogWrite;
    public int CongestionControl;
    public ulong InitialTimestamp;
    public ulong InitialRtt;
    public void* LogPrintf;
    public nuint MaxTxUdpPayloadSize;
    public byte* Token;
    public nuint TokenLength;
    public int TokenType;
    public void* RandContext;
    public ulong MaxWindow;
    public ulong MaxStreamWindow;
    public nuint AckThreshold;
    public byte NoTxUdpPayloadSizeShaping;
    public ulong HandshakeTimeout;
    public uint* PreferredVersions;
    public nuint PreferredVersionsLength;
    public uint* AvailableVersions;
    public nuint AvailableVersionsLength;
    public uint OriginalVersion;
    public byte NoPmtud;
    public uint InitialPacketNumber;
    public ushort* PmtudProbes;
    public nuint PmtudProbesLength;
}

/// <summary>ngtcp2_preferred_addr; 96 bytes.</summary>
internal unsafe struct Ngtcp2PreferredAddr
{
    public Ngtcp2Cid Cid;
    public fixed byte Ipv4[16];
    public fixed byte Ipv6[28];
    public byte Ipv4Present;
    public byte Ipv6Present;
    public fixed byte StatelessResetToken[16];
}

/// <summary>ngtcp2_version_info.</summary>
internal unsafe struct Ngtcp2VersionInfo
{
    public uint ChosenVersion;
    public byte* AvailableVersions;
    public nuint AvailableVersionsLength;
}

/// <summary>ngtcp2_transport_params, version 1 (RFC 9000 § 18.2); 344 bytes. Durations in nanoseconds.</summary>
internal unsafe struct Ngtcp2TransportParams
{
    public const int Version = 1;

    public Ngtcp2PreferredAddr PreferredAddr;
    public Ngtcp2Cid OriginalDestinationCid;
    public Ngtcp2Cid InitialSourceCid;
    public Ngtcp2Cid RetrySourceCid;
    public ulong InitialMaxStreamDataBidiLocal;
    public ulong InitialMaxStreamDataBidiRemote;
    public ulong InitialMaxStreamDataUni;
    public ulong InitialMaxData;
    public ulong InitialMaxStreamsBidi;
    public ulong InitialMaxStreamsUni;
    public ulong MaxIdleTimeout;
    public ulong MaxUdpPayloadSize;
    public ulong ActiveConnectionIdLimit;
    public ulong AckDelayExponent;
    public ulong MaxAckDelay;
    public ulong MaxDatagramFrameSize;
    public byte StatelessResetTokenPresent;
    public byte DisableActiveMigration;
    public byte OriginalDestinationCidPresent;
    public byte InitialSourceCidPresent;
    public byte RetrySourceCidPresent;
    public byte PreferredAddrPresent;
    public fixed byte StatelessResetToken[16];
    public byte GreaseQuicBit;
    public Ngtcp2VersionInfo VersionInfo;
    public byte VersionInfoPresent;
}
