using System.Runtime.InteropServices;
using Skytale.Protocol.Transport;

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>gnutls_datum_t.</summary>
internal unsafe struct GnuTlsDatum
{
    public byte* Data;
    public uint Size;
}

/// <summary>libgnutls: sessions, credentials and what the certificate check needs.</summary>
internal static unsafe partial class GnuTlsNative
{
    internal const string Library = "libgnutls.so.30";

    internal const uint Server = 1;
    internal const uint Client = 2;
    internal const uint NoAutoSendTicket = 1 << 21;
    internal const int CredentialsCertificate = 1;
    internal const int FormatPem = 1;
    internal const int NameDns = 1;
    internal const uint AlpnMandatory = 1;
    internal const int CertificateError = -43;
    internal const int FileError = -64;

    [LibraryImport(Library)]
    internal static partial int gnutls_init(void** session, uint flags);

    [LibraryImport(Library)]
    internal static partial void gnutls_deinit(void* session);

    [LibraryImport(Library)]
    internal static partial int gnutls_priority_init(void** priorities, byte* text, byte** errorPosition);

    [LibraryImport(Library)]
    internal static partial int gnutls_priority_set(void* session, void* priorities);

    [LibraryImport(Library)]
    internal static partial void gnutls_priority_deinit(void* priorities);

    [LibraryImport(Library)]
    internal static partial void gnutls_session_set_ptr(void* session, void* pointer);

    [LibraryImport(Library)]
    internal static partial void* gnutls_session_get_ptr(void* session);

    [LibraryImport(Library)]
    internal static partial int gnutls_credentials_set(void* session, int type, void* credentials);

    [LibraryImport(Library)]
    internal static partial int gnutls_certificate_allocate_credentials(void** credentials);

    [LibraryImport(Library)]
    internal static partial void gnutls_certificate_free_credentials(void* credentials);

    [LibraryImport(Library)]
    internal static partial int gnutls_certificate_set_x509_key_mem(void* credentials, GnuTlsDatum* certificate, GnuTlsDatum* key, int format);

    [LibraryImport(Library)]
    internal static partial void gnutls_session_set_verify_function(void* session, void* function);

    [LibraryImport(Library)]
    internal static partial void gnutls_session_set_keylog_function(void* session, void* function);

    [LibraryImport(Library)]
    internal static partial void gnutls_session_get_random(void* session, GnuTlsDatum* client, GnuTlsDatum* server);

    [LibraryImport(Library)]
    internal static partial GnuTlsDatum* gnutls_certificate_get_peers(void* session, uint* count);

    [LibraryImport(Library)]
    internal static partial int gnutls_alpn_set_protocols(void* session, GnuTlsDatum* protocols, uint count, uint flags);

    [LibraryImport(Library)]
    internal static partial int gnutls_alpn_get_selected_protocol(void* session, GnuTlsDatum* protocol);

    [LibraryImport(Library)]
    internal static partial int gnutls_server_name_set(void* session, int type, byte* name, nuint length);

    [LibraryImport(Library)]
    private static partial byte* gnutls_strerror(int error);

    /// <summary>Turns a negative return value into an exception that names the call.</summary>
    /// <exception cref="TransportException">The call failed.</exception>
    internal static void Check(int result, string call, TransportError error)
    {
        if (result < 0)
            throw new TransportException(error, $"{call}: {Marshal.PtrToStringUTF8((nint)gnutls_strerror(result))} ({result})");
    }
}
