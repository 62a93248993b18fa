using System.Runtime.InteropServices;
using System.Text;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Tls;

/// <summary>The TLS 1.3 half of one connection: a GnuTLS session tied to an ngtcp2 connection.</summary>
internal sealed unsafe class TlsSession : IDisposable
{
    private static readonly nint s_priorities = LoadPriorities();

    private readonly byte[] _protocol;
    private readonly Ngtcp2ConnRef* _reference;
    private readonly ServerCredentials? _held;
    private readonly TransportCounters _counters;
    private void* _session;

    private TlsSession(ServerCredentials? server, void* conn, nint owner, void* credentials, string protocol, TransportCounters counters)
    {
        _counters = counters;
        _held = server?.Hold();
        _protocol = Encoding.ASCII.GetBytes(protocol);
        _reference = (Ngtcp2ConnRef*)NativeMemory.AllocZeroed((nuint)sizeof(Ngtcp2ConnRef));
        _reference->GetConn = (delegate* unmanaged[Cdecl]<Ngtcp2ConnRef*, void*>)&ConnectionCallbacks.GetConn;
        _reference->Conn = conn;
        _reference->Owner = owner;
        try
        {
            void* session;
            Check(GnuTlsNative.gnutls_init(&session, server is not null ? GnuTlsNative.Server | GnuTlsNative.NoAutoSendTicket : GnuTlsNative.Client), "gnutls_init");
            _session = session;
            counters.AddSessions(1);
            Check(GnuTlsNative.gnutls_priority_set(session, (void*)s_priorities), "gnutls_priority_set");
            GnuTlsNative.gnutls_session_set_ptr(session, _reference);
            Check(GnuTlsNative.gnutls_credentials_set(session, GnuTlsNative.CredentialsCertificate, credentials), "gnutls_credentials_set");
            Check(server is not null ? Ngtcp2CryptoNative.ngtcp2_crypto_gnutls_configure_server_session(session) : Ngtcp2CryptoNative.ngtcp2_crypto_gnutls_configure_client_session(session),
                "ngtcp2_crypto_gnutls_configure_session");
            OfferApplicationProtocol();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal void* Handle => _session;

    /// <summary>True when both sides agreed on the application protocol.</summary>
    internal bool AgreedOnProtocol
    {
        get
        {
            GnuTlsDatum selected;
            return GnuTlsNative.gnutls_alpn_get_selected_protocol(_session, &selected) == 0
                && new ReadOnlySpan<byte>(selected.Data, (int)selected.Size).SequenceEqual(_protocol);
        }
    }

    internal static TlsSession ForServer(void* conn, nint owner, ServerCredentials credentials, string protocol, TransportCounters counters) =>
        new(credentials, conn, owner, credentials.Handle, protocol, counters);

    internal static TlsSession ForClient(void* conn, nint owner, ClientCredentials credentials, string protocol, string serverName, TransportCounters counters)
    {
        var session = new TlsSession(server: null, conn, owner, credentials.Handle, protocol, counters);
        try
        {
            session.CheckServerAs(serverName);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Hands every secret to <see cref="Ngtcp2Connection.OnSecret"/>.</summary>
    internal void LogSecrets() =>
        GnuTlsNative.gnutls_session_set_keylog_function(_session, (delegate* unmanaged[Cdecl]<void*, byte*, GnuTlsDatum*, int>)&ConnectionCallbacks.OnSecret);

    public void Dispose()
    {
        if (_session != null)
        {
            GnuTlsNative.gnutls_deinit(_session);
            _counters.AddSessions(-1);
        }
        _session = null;
        _held?.Release(); // After the session, which points to it.
        NativeMemory.Free(_reference);
    }

    private static nint LoadPriorities()
    {
        void* priorities;
        fixed (byte* text = "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1:%DISABLE_TLS13_COMPAT_MODE\0"u8)
            Check(GnuTlsNative.gnutls_priority_init(&priorities, text, null), "gnutls_priority_init");
        return (nint)priorities;
    }

    private static void Check(int result, string call) => GnuTlsNative.Check(result, call, TransportError.ProtocolRefused);

    private void OfferApplicationProtocol()
    {
        fixed (byte* name = _protocol)
        {
            var protocol = new GnuTlsDatum { Data = name, Size = (uint)_protocol.Length };
            Check(GnuTlsNative.gnutls_alpn_set_protocols(_session, &protocol, 1, GnuTlsNative.AlpnMandatory), "gnutls_alpn_set_protocols");
        }
    }

    private void CheckServerAs(string serverName)
    {
        GnuTlsNative.gnutls_session_set_verify_function(_session, (delegate* unmanaged[Cdecl]<void*, int>)&ConnectionCallbacks.VerifyCertificate);
        if (System.Net.IPAddress.TryParse(serverName, out _))
            return; // RFC 6066 § 3: an address is no server name.
        var bytes = Encoding.ASCII.GetBytes(serverName);
        fixed (byte* name = bytes)
            Check(GnuTlsNative.gnutls_server_name_set(_session, GnuTlsNative.NameDns, name, (nuint)bytes.Length), "gnutls_server_name_set");
    }
}
