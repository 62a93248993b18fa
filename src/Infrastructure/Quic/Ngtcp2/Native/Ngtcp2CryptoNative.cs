using System.Runtime.InteropServices;

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>libngtcp2_crypto_gnutls: QUIC's cryptography over GnuTLS, and the packets that a server answers without a connection.</summary>
internal static unsafe partial class Ngtcp2CryptoNative
{
    internal const string Library = "libngtcp2_crypto_gnutls.so.8";

    /// <summary>The first byte of a token made by ngtcp2_crypto_generate_retry_token.</summary>
    internal const byte RetryTokenMagic = 0xb6;

    /// <summary>The room that such a token needs.</summary>
    internal const int MaxRetryTokenLength = 128;

    [LibraryImport(Library)]
    internal static partial int ngtcp2_crypto_gnutls_configure_server_session(void* session);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_crypto_gnutls_configure_client_session(void* session);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_crypto_generate_stateless_reset_token(byte* token, byte* secret, nuint secretLength, Ngtcp2Cid* cid);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_crypto_generate_retry_token(
        byte* token, byte* secret, nuint secretLength, uint version, byte* remote, uint remoteLength, Ngtcp2Cid* retryScid, Ngtcp2Cid* odcid, ulong timestamp);

    [LibraryImport(Library)]
    internal static partial int ngtcp2_crypto_verify_retry_token(
        Ngtcp2Cid* odcid, byte* token, nuint tokenLength, byte* secret, nuint secretLength, uint version, byte* remote, uint remoteLength,
        Ngtcp2Cid* dcid, ulong timeout, ulong timestamp);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_crypto_write_retry(
        byte* destination, nuint capacity, uint version, Ngtcp2Cid* dcid, Ngtcp2Cid* scid, Ngtcp2Cid* odcid, byte* token, nuint tokenLength);

    [LibraryImport(Library)]
    internal static partial nint ngtcp2_crypto_write_connection_close(
        byte* destination, nuint capacity, uint version, Ngtcp2Cid* dcid, Ngtcp2Cid* scid, ulong errorCode, byte* reason, nuint reasonLength);

    /// <summary>The address of one of the library's ready-made callbacks: handed to ngtcp2 as it is, so that AEAD never enters managed code.</summary>
    internal static void* Callback(string name) => (void*)NativeLibrary.GetExport(NativeLibrary.Load(Library), name);
}
