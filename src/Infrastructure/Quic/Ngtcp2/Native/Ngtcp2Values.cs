namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>ngtcp2_cid: 32 bytes.</summary>
internal unsafe struct Ngtcp2Cid
{
    public const int MaxLength = 20;

    public nuint DataLength;
    public fixed byte Data[MaxLength];

    public static Ngtcp2Cid From(ReadOnlySpan<byte> bytes)
    {
        Ngtcp2Cid cid = default;
        cid.DataLength = (nuint)bytes.Length;
        bytes.CopyTo(new Span<byte>(cid.Data, MaxLength));
        return cid;
    }
}

/// <summary>ngtcp2_vec: a piece of stream data.</summary>
internal unsafe struct Ngtcp2Vec
{
    public byte* Base;
    public nuint Length;
}

/// <summary>ngtcp2_addr: a sockaddr by pointer.</summary>
internal unsafe struct Ngtcp2Addr
{
    public byte* Address;
    public uint Length;

    /// <summary>The sockaddr's bytes, for as long as they are there.</summary>
    public readonly ReadOnlySpan<byte> Bytes => new(Address, (int)Length);
}

/// <summary>ngtcp2_path: the two addresses that a packet travels between.</summary>
internal unsafe struct Ngtcp2Path
{
    public Ngtcp2Addr Local;
    public Ngtcp2Addr Remote;
    public void* UserData;
}

/// <summary>ngtcp2_path_storage: a path with room for its addresses; 96 bytes.</summary>
internal unsafe struct Ngtcp2PathStorage
{
    public const int AddressSize = 28;

    public Ngtcp2Path Path;
    public fixed byte LocalBuffer[AddressSize];
    public fixed byte RemoteBuffer[AddressSize];
}

/// <summary>ngtcp2_pkt_info: one byte (ecn), aligned to eight.</summary>
internal struct Ngtcp2PktInfo
{
    public ulong Ecn;
}

/// <summary>ngtcp2_pkt_hd: what ngtcp2_accept found in an Initial; 112 bytes.</summary>
internal unsafe struct Ngtcp2PktHd
{
    public Ngtcp2Cid DestinationCid;
    public Ngtcp2Cid SourceCid;
    public long PacketNumber;
    public byte* Token;
    public nuint TokenLength;
    public nuint PacketNumberLength;
    public nuint Length;
    public uint Version;
    public byte Type;
    public byte Flags;
}

/// <summary>ngtcp2_version_cid: the fields that every QUIC version shares (RFC 8999); 40 bytes.</summary>
internal unsafe struct Ngtcp2VersionCid
{
    public uint Version;
    public byte* DestinationCid;
    public nuint DestinationCidLength;
    public byte* SourceCid;
    public nuint SourceCidLength;
}

/// <summary>ngtcp2_ccerr: a connection close, sent or received; 40 bytes.</summary>
internal unsafe struct Ngtcp2CcErr
{
    /// <summary>The value of <see cref="Type"/> for an application's own close.</summary>
    public const int Application = 1;

    public int Type;
    public ulong ErrorCode;
    public ulong FrameType;
    public byte* Reason;
    public nuint ReasonLength;
}

/// <summary>ngtcp2_conn_info, version 1; 56 bytes. Times in nanoseconds (RFC 9002 § 5).</summary>
internal struct Ngtcp2ConnInfo
{
    public const int Version = 1;

    public ulong LatestRtt;
    public ulong MinRtt;
    public ulong SmoothedRtt;
    public ulong RttVariance;
    public ulong CongestionWindow;
    public ulong SlowStartThreshold;
    public ulong BytesInFlight;
}

/// <summary>ngtcp2_info: the library's version.</summary>
internal unsafe struct Ngtcp2Info
{
    public int Age;
    public int VersionNumber;
    public byte* VersionText;
}

/// <summary>ngtcp2_crypto_conn_ref, followed by a field of ours; GnuTLS keeps a pointer to it in the session.</summary>
internal unsafe struct Ngtcp2ConnRef
{
    public void* GetConn;
    public void* Conn;

    /// <summary>Not part of the C struct: the handle of the connection object, for the certificate callback.</summary>
    public nint Owner;
}
