using System.Runtime.CompilerServices;

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>
/// The sizes and offsets of ngtcp2 1.11.0's structs (64 bit). A struct of another layout would corrupt memory without a
/// word, so that every size is compared before the first connection.
/// </summary>
internal static unsafe class NativeLayout
{
    /// <summary>Every struct or field whose place differs from the C one; empty when all is well.</summary>
    internal static IEnumerable<(string Name, int Expected, int Actual)> Differences() =>
        Measured().Where(m => m.Expected != m.Actual);

    /// <summary>What is compared: the C name, the C value, ours.</summary>
    internal static IReadOnlyList<(string Name, int Expected, int Actual)> Measured()
    {
        Ngtcp2Settings s = default;
        Ngtcp2TransportParams p = default;
        Ngtcp2Callbacks c = default;
        Ngtcp2PktHd h = default;
        Ngtcp2PathStorage path = default;
        return
        [
            ("sizeof ngtcp2_cid", 32, sizeof(Ngtcp2Cid)),
            ("sizeof ngtcp2_vec", 16, sizeof(Ngtcp2Vec)),
            ("sizeof ngtcp2_addr", 16, sizeof(Ngtcp2Addr)),
            ("sizeof ngtcp2_path", 40, sizeof(Ngtcp2Path)),
            ("sizeof ngtcp2_path_storage", 96, sizeof(Ngtcp2PathStorage)),
            ("sizeof ngtcp2_pkt_info", 8, sizeof(Ngtcp2PktInfo)),
            ("sizeof ngtcp2_pkt_hd", 112, sizeof(Ngtcp2PktHd)),
            ("sizeof ngtcp2_version_cid", 40, sizeof(Ngtcp2VersionCid)),
            ("sizeof ngtcp2_ccerr", 40, sizeof(Ngtcp2CcErr)),
            ("sizeof ngtcp2_conn_info", 56, sizeof(Ngtcp2ConnInfo)),
            ("sizeof ngtcp2_settings", 184, sizeof(Ngtcp2Settings)),
            ("sizeof ngtcp2_preferred_addr", 96, sizeof(Ngtcp2PreferredAddr)),
            ("sizeof ngtcp2_transport_params", 344, sizeof(Ngtcp2TransportParams)),
            ("sizeof ngtcp2_callbacks", 320, sizeof(Ngtcp2Callbacks)),
            ("sizeof gnutls_datum_t", 16, sizeof(GnuTlsDatum)),
            ("sizeof msghdr", 56, sizeof(MsgHdr)),
            ("sizeof mmsghdr", 64, sizeof(MMsgHdr)),
            ("sizeof in_pktinfo", 12, sizeof(InPktInfo)),
            ("sizeof in6_pktinfo", 20, sizeof(In6PktInfo)),
            ("ngtcp2_path_storage.remote_addrbuf", 68, Offset(ref path, ref path.RemoteBuffer[0])),
            ("ngtcp2_settings.initial_ts", 16, Offset(ref s, ref s.InitialTimestamp)),
            ("ngtcp2_settings.token", 48, Offset(ref s, ref Unsafe.As<nuint, byte>(ref s.TokenLength)) - sizeof(nuint)),
            ("ngtcp2_settings.token_type", 64, Offset(ref s, ref s.TokenType)),
            ("ngtcp2_settings.ack_thresh", 96, Offset(ref s, ref s.AckThreshold)),
            ("ngtcp2_settings.handshake_timeout", 112, Offset(ref s, ref s.HandshakeTimeout)),
            ("ngtcp2_settings.no_pmtud", 156, Offset(ref s, ref s.NoPmtud)),
            ("ngtcp2_settings.pmtud_probeslen", 176, Offset(ref s, ref s.PmtudProbesLength)),
            ("ngtcp2_transport_params.original_dcid", 96, Offset(ref p, ref p.OriginalDestinationCid)),
            ("ngtcp2_transport_params.retry_scid", 160, Offset(ref p, ref p.RetrySourceCid)),
            ("ngtcp2_transport_params.initial_max_data", 216, Offset(ref p, ref p.InitialMaxData)),
            ("ngtcp2_transport_params.max_idle_timeout", 240, Offset(ref p, ref p.MaxIdleTimeout)),
            ("ngtcp2_transport_params.stateless_reset_token", 294, Offset(ref p, ref p.StatelessResetToken[0])),
            ("ngtcp2_transport_params.version_info", 312, Offset(ref p, ref p.VersionInfo)),
            ("ngtcp2_transport_params.version_info_present", 336, Offset(ref p, ref p.VersionInfoPresent)),
            ("ngtcp2_pkt_hd.tokenlen", 80, Offset(ref h, ref h.TokenLength)),
            ("ngtcp2_pkt_hd.version", 104, Offset(ref h, ref h.Version)),
            ("ngtcp2_callbacks.recv_stream_data", 64, (int)((byte*)&c.RecvStreamData - (byte*)&c)),
            ("ngtcp2_callbacks.rand", 128, (int)((byte*)&c.Rand - (byte*)&c)),
            ("ngtcp2_callbacks.stream_reset", 176, (int)((byte*)&c.StreamReset - (byte*)&c)),
            ("ngtcp2_callbacks.handshake_confirmed", 216, (int)((byte*)&c.HandshakeConfirmed - (byte*)&c)),
            ("ngtcp2_callbacks.stream_stop_sending", 280, (int)((byte*)&c.StreamStopSending - (byte*)&c)),
        ];
    }

    private static int Offset<TStruct, TField>(ref TStruct whole, ref TField field) =>
        (int)Unsafe.ByteOffset(ref Unsafe.As<TStruct, byte>(ref whole), ref Unsafe.As<TField, byte>(ref field));
}
