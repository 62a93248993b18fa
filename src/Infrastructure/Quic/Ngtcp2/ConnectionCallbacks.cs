using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// What ngtcp2 and GnuTLS call. They run inside a read, a write or a timer of the loop, must not call back into those, and
/// let no exception out: native frames below them could not take it. Cryptography goes from library to library.
/// </summary>
internal static unsafe class ConnectionCallbacks
{
    /// <summary>The callback tables live as long as the process.</summary>
    internal static readonly Ngtcp2Callbacks* Server = Table(server: true);

    internal static readonly Ngtcp2Callbacks* Client = Table(server: false);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static void* GetConn(Ngtcp2ConnRef* reference) => reference->Conn;

    /// <summary>Called by GnuTLS when the server's certificate is there, before this client has said anything that counts.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int VerifyCertificate(void* session)
    {
        try
        {
            var reference = (Ngtcp2ConnRef*)GnuTlsNative.gnutls_session_get_ptr(session);
            return Owner((void*)reference->Owner).OnServerCertificate(session) ? 0 : GnuTlsNative.CertificateError;
        }
        catch (Exception e)
        {
            return Fail((void*)((Ngtcp2ConnRef*)GnuTlsNative.gnutls_session_get_ptr(session))->Owner, e, GnuTlsNative.CertificateError);
        }
    }

    /// <summary>ngtcp2's qlog_write.</summary>
    internal static readonly void* QlogWriter = (delegate* unmanaged[Cdecl]<void*, uint, byte*, nuint, void>)&OnQlog;

    /// <summary>Called by GnuTLS for each secret of a session whose secrets are logged.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int OnSecret(void* session, byte* label, GnuTlsDatum* secret)
    {
        var owner = (void*)((Ngtcp2ConnRef*)GnuTlsNative.gnutls_session_get_ptr(session))->Owner;
        try
        {
            Owner(owner).OnSecret(session, Marshal.PtrToStringUTF8((nint)label)!, new ReadOnlySpan<byte>(secret->Data, (int)secret->Size));
            return 0;
        }
        catch (Exception e)
        {
            return Fail(owner, e, GnuTlsNative.FileError); // Whoever asked for the secrets is told that they are not there.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnQlog(void* userData, uint flags, byte* data, nuint length)
    {
        try
        {
            Owner(userData).OnQlog(new ReadOnlySpan<byte>(data, (int)length));
        }
        catch (Exception)
        {
            Owner(userData).EndQlog(); // A full disk, or a trace that ends: the connection goes on.
        }
    }

    private static Ngtcp2Callbacks* Table(bool server)
    {
        var table = (Ngtcp2Callbacks*)NativeMemory.AllocZeroed((nuint)sizeof(Ngtcp2Callbacks));
        if (server)
        {
            table->RecvClientInitial = Crypto("recv_client_initial");
        }
        else
        {
            table->ClientInitial = Crypto("client_initial");
            table->RecvRetry = Crypto("recv_retry");
        }
        table->RecvCryptoData = Crypto("recv_crypto_data");
        table->Encrypt = Crypto("encrypt");
        table->Decrypt = Crypto("decrypt");
        table->HpMask = Crypto("hp_mask");
        table->UpdateKey = Crypto("update_key");
        table->DeleteCryptoAeadCtx = Crypto("delete_crypto_aead_ctx");
        table->DeleteCryptoCipherCtx = Crypto("delete_crypto_cipher_ctx");
        table->GetPathChallengeData = Crypto("get_path_challenge_data");
        table->VersionNegotiation = Crypto("version_negotiation");

        table->Rand = (delegate* unmanaged[Cdecl]<byte*, nuint, void*, void>)&OnRand;
        table->GetNewConnectionId = (delegate* unmanaged[Cdecl]<void*, Ngtcp2Cid*, byte*, nuint, void*, int>)&OnGetNewConnectionId;
        table->RemoveConnectionId = (delegate* unmanaged[Cdecl]<void*, Ngtcp2Cid*, void*, int>)&OnRemoveConnectionId;
        table->HandshakeCompleted = (delegate* unmanaged[Cdecl]<void*, void*, int>)&OnHandshakeCompleted;
        table->DcidStatus = (delegate* unmanaged[Cdecl]<void*, int, ulong, Ngtcp2Cid*, byte*, void*, int>)&OnPeerConnectionId;
        table->RecvStatelessReset = (delegate* unmanaged[Cdecl]<void*, void*, void*, int>)&OnStatelessReset;
        table->HandshakeConfirmed = (delegate* unmanaged[Cdecl]<void*, void*, int>)&OnHandshakeConfirmed;
        table->StreamOpen = (delegate* unmanaged[Cdecl]<void*, long, void*, int>)&OnStreamOpen;
        table->RecvStreamData = (delegate* unmanaged[Cdecl]<void*, uint, long, ulong, byte*, nuint, void*, void*, int>)&OnStreamData;
        table->AckedStreamDataOffset = (delegate* unmanaged[Cdecl]<void*, long, ulong, ulong, void*, void*, int>)&OnStreamAcknowledged;
        table->ExtendMaxStreamData = (delegate* unmanaged[Cdecl]<void*, long, ulong, void*, void*, int>)&OnMoreStreamWindow;
        table->StreamReset = (delegate* unmanaged[Cdecl]<void*, long, ulong, ulong, void*, void*, int>)&OnStreamReset;
        table->StreamStopSending = (delegate* unmanaged[Cdecl]<void*, long, ulong, void*, void*, int>)&OnStopSending;
        table->StreamClose = (delegate* unmanaged[Cdecl]<void*, uint, long, ulong, void*, void*, int>)&OnStreamClose;
        return table;
    }

    private static void* Crypto(string name) => Ngtcp2CryptoNative.Callback($"ngtcp2_crypto_{name}_cb");

    private static Ngtcp2Connection Owner(void* userData) => Unsafe.As<Ngtcp2Connection>(GCHandle.FromIntPtr((nint)userData).Target!);

    private static int Fail(void* userData, Exception e, int result = Ngtcp2Error.CallbackFailure)
    {
        Owner(userData).OnCallbackFailure(e);
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnRand(byte* destination, nuint length, void* context) => RandomNumberGenerator.Fill(new Span<byte>(destination, (int)length));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnGetNewConnectionId(void* conn, Ngtcp2Cid* cid, byte* token, nuint length, void* userData)
    {
        try
        {
            RandomNumberGenerator.Fill(new Span<byte>(cid->Data, (int)length));
            cid->DataLength = length;
            return Owner(userData).OnNewConnectionId(cid, token) ? 0 : Ngtcp2Error.CallbackFailure;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRemoveConnectionId(void* conn, Ngtcp2Cid* cid, void* userData)
    {
        try
        {
            Owner(userData).OnConnectionIdRetired(cid);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnPeerConnectionId(void* conn, int type, ulong sequence, Ngtcp2Cid* cid, byte* resetToken, void* userData)
    {
        const int activated = 0; // NGTCP2_CONNECTION_ID_STATUS_TYPE_ACTIVATE
        try
        {
            if (resetToken != null)
                Owner(userData).OnPeerResetToken(resetToken, isInUse: type == activated);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStatelessReset(void* conn, void* reset, void* userData)
    {
        Owner(userData).OnStatelessReset();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnHandshakeCompleted(void* conn, void* userData)
    {
        try
        {
            return Owner(userData).OnHandshakeCompleted() ? 0 : Ngtcp2Error.CallbackFailure;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnHandshakeConfirmed(void* conn, void* userData)
    {
        try
        {
            Owner(userData).OnHandshakeConfirmed();
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStreamOpen(void* conn, long streamId, void* userData)
    {
        try
        {
            Owner(userData).OnStreamOpened(streamId);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStreamData(void* conn, uint flags, long streamId, ulong offset, byte* data, nuint length, void* userData, void* streamUserData)
    {
        const uint fin = 1;
        try
        {
            Owner(userData).OnStreamData(streamId, new ReadOnlySpan<byte>(data, (int)length), (flags & fin) != 0);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStreamAcknowledged(void* conn, long streamId, ulong offset, ulong length, void* userData, void* streamUserData)
    {
        try
        {
            Owner(userData).OnStreamAcknowledged(streamId, (long)(offset + length));
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnMoreStreamWindow(void* conn, long streamId, ulong maxData, void* userData, void* streamUserData)
    {
        try
        {
            Owner(userData).OnMoreStreamWindow(streamId);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStreamReset(void* conn, long streamId, ulong finalSize, ulong code, void* userData, void* streamUserData)
    {
        try
        {
            Owner(userData).OnStreamReset(streamId, code);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStopSending(void* conn, long streamId, ulong code, void* userData, void* streamUserData)
    {
        try
        {
            Owner(userData).OnStopSending(streamId, code);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnStreamClose(void* conn, uint flags, long streamId, ulong code, void* userData, void* streamUserData)
    {
        const uint codeIsSet = 1;
        try
        {
            Owner(userData).OnStreamClosed(streamId, (flags & codeIsSet) != 0 ? code : null);
            return 0;
        }
        catch (Exception e)
        {
            return Fail(userData, e);
        }
    }
}
