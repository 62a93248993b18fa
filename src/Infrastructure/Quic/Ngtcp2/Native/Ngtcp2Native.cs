using System.Runtime.InteropServices;

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>
/// libngtcp2's functions, by their C names. A connection is a <c>void*</c>; timestamps are nanoseconds of one clock that
/// never goes back. Functions whose C name lacks <c>_versioned</c> here would be macros there.
/// </summary>
internal static unsafe partial class Ngtcp2Native
{
    internal const string Library = "libngtcp2.so.16";

    [LibraryImport(Library)]
    internal static partial Ngtcp2Info* ngtcp2_version(int leastVersion);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_settings_default_versioned(int version, Ngtcp2Settings* settings);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_transport_params_default_versioned(int version, Ngtcp2TransportParams* parameters);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_client_new_versioned(
        void** conn, Ngtcp2Cid* dcid, Ngtcp2Cid* scid, Ngtcp2Path* path, uint quicVersion, int callbacksVersion, Ngtcp2Callbacks* callbacks,
        int settingsVersion, Ngtcp2Settings* settings, int paramsVersion, Ngtcp2TransportParams* parameters, void* mem, void* userData);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_server_new_versioned(
        void** conn, Ngtcp2Cid* dcid, Ngtcp2Cid* scid, Ngtcp2Path* path, uint quicVersion, int callbacksVersion, Ngtcp2Callbacks* callbacks,
        int settingsVersion, Ngtcp2Settings* settings, int paramsVersion, Ngtcp2TransportParams* parameters, void* mem, void* userData);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_conn_del(void* conn);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_conn_set_tls_native_handle(void* conn, void* session);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_conn_set_keep_alive_timeout(void* conn, ulong timeout);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_read_pkt_versioned(
        void* conn, Ngtcp2Path* path, int infoVersion, Ngtcp2PktInfo* info, byte* packet, nuint length, ulong timestamp);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_conn_writev_stream_versioned(
        void* conn, Ngtcp2Path* path, int infoVersion, Ngtcp2PktInfo* info, byte* destination, nuint capacity, nint* dataLength,
        uint flags, long streamId, Ngtcp2Vec* data, nuint dataCount, ulong timestamp);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_conn_write_connection_close_versioned(
        void* conn, Ngtcp2Path* path, int infoVersion, Ngtcp2PktInfo* info, byte* destination, nuint capacity, Ngtcp2CcErr* error, ulong timestamp);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void ngtcp2_conn_update_pkt_tx_time(void* conn, ulong timestamp);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong ngtcp2_conn_get_expiry(void* conn);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_handle_expiry(void* conn, ulong timestamp);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_initiate_key_update(void* conn, ulong timestamp);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong ngtcp2_conn_get_pto(void* conn);

    /// <summary>The path that the connection uses now; the pointer is good until the next call that takes the connection.</summary>
    [LibraryImport(Library), SuppressGCTransition]
    internal static partial Ngtcp2Path* ngtcp2_conn_get_path(void* conn);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_conn_get_conn_info_versioned(void* conn, int infoVersion, Ngtcp2ConnInfo* info);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint ngtcp2_conn_get_send_quantum(void* conn);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint ngtcp2_conn_get_max_tx_udp_payload_size(void* conn);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial ulong ngtcp2_conn_get_max_data_left(void* conn);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_open_bidi_stream(void* conn, long* streamId, void* streamUserData);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_open_uni_stream(void* conn, long* streamId, void* streamUserData);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_shutdown_stream(void* conn, uint flags, long streamId, ulong errorCode);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_shutdown_stream_read(void* conn, uint flags, long streamId, ulong errorCode);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_conn_extend_max_stream_offset(void* conn, long streamId, ulong bytes);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void ngtcp2_conn_extend_max_offset(void* conn, ulong bytes);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void ngtcp2_conn_extend_max_streams_bidi(void* conn, nuint count);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void ngtcp2_conn_extend_max_streams_uni(void* conn, nuint count);

    [LibraryImport(Library)]
    internal static partial Ngtcp2CcErr* ngtcp2_conn_get_ccerr(void* conn);

    [LibraryImport(Library)]
    internal static partial byte ngtcp2_conn_get_tls_alert(void* conn);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_ccerr_default(Ngtcp2CcErr* error);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_ccerr_set_application_error(Ngtcp2CcErr* error, ulong code, byte* reason, nuint reasonLength);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_ccerr_set_liberr(Ngtcp2CcErr* error, int libraryError, byte* reason, nuint reasonLength);

    [LibraryImport(Library)]
    internal static partial void ngtcp2_ccerr_set_tls_alert(Ngtcp2CcErr* error, byte alert, byte* reason, nuint reasonLength);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int ngtcp2_pkt_decode_version_cid(Ngtcp2VersionCid* result, byte* packet, nuint length, nuint shortCidLength);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_accept(Ngtcp2PktHd* header, byte* packet, nuint length);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_pkt_write_version_negotiation(
        byte* destination, nuint capacity, byte random, byte* dcid, nuint dcidLength, byte* scid, nuint scidLength, uint* versions, nuint versionCount);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_pkt_write_stateless_reset(byte* destination, nuint capacity, byte* token, byte* random, nuint randomLength);

    [LibraryImport(Library)]
    private static partial byte* ngtcp2_strerror(int error);

    /// <summary>The library's name for one of its error codes.</summary>
    internal static string ErrorText(int error) => Marshal.PtrToStringUTF8((nint)ngtcp2_strerror(error)) ?? error.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
