using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Tls;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>From nothing to a confirmed handshake.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    internal const int CidLength = 16;

    private readonly TaskCompletionSource _confirmed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TransportConnectOptions? _connectOptions; // Null on a server.
    private bool _startPending;
    private ulong _deadline = ulong.MaxValue;
    private GCHandle _handle;
    private void* _conn;
    private TlsSession? _tls;
    private bool _handshakeCompleted;
    private TransportException? _refusal;

    private Ngtcp2Connection(Ngtcp2Endpoint endpoint, TransportConnectOptions options) : this(endpoint, options.Limits, options.RemoteEndPoint)
    {
        _connectOptions = options;
        _startPending = true;
    }

    private Ngtcp2Connection(Ngtcp2Endpoint endpoint, TransportLimits limits, IPEndPoint remote, ReadOnlyMemory<byte> certificateHash) : this(endpoint, limits, remote) =>
        ServerCertificateHash = certificateHash;

    internal bool IsServer => _connectOptions is null;

    /// <summary>On a server, the address in whose share the handshake counts.</summary>
    internal IPAddress? LetInFrom { get; set; }

    /// <summary>True from the peer's first packet until its handshake is done or has failed.</summary>
    internal bool IsHalfOpen => _state == State.Open && !_handshakeCompleted;

    /// <summary>Makes the connection for an Initial that was let in (RFC 9000 § 7); null when ngtcp2 refuses it.</summary>
    /// <param name="originalCid">The client's first choice, when this Initial answers a Retry.</param>
    internal static Ngtcp2Connection? Accept(Ngtcp2Endpoint endpoint, ServerCredentials credentials, TransportLimits limits, Ngtcp2PktHd* header, Ngtcp2Path* path, Ngtcp2Cid* originalCid)
    {
        var remote = SocketAddressBytes.ToEndPoint(path->Remote.Bytes);
        var connection = new Ngtcp2Connection(endpoint, limits, remote, credentials.CertificateHash);
        var settings = connection.Settings(endpoint.Settings.ServerHandshakeTimeout);
        var parameters = connection.Parameters();
        parameters.OriginalDestinationCid = originalCid != null ? *originalCid : header->DestinationCid;
        parameters.OriginalDestinationCidPresent = 1;
        if (originalCid != null)
        {
            parameters.RetrySourceCid = header->DestinationCid;
            parameters.RetrySourceCidPresent = 1;
            settings.Token = header->Token;
            settings.TokenLength = header->TokenLength;
            settings.TokenType = 1; // NGTCP2_TOKEN_TYPE_RETRY: the address is validated.
        }

        connection.BeginQlog(&settings, &parameters.OriginalDestinationCid);
        var ours = NewCid(endpoint);
        endpoint.WriteResetToken(&ours, parameters.StatelessResetToken);
        parameters.StatelessResetTokenPresent = 1;
        connection._handle = GCHandle.Alloc(connection);
        void* conn;
        var result = Ngtcp2Native.ngtcp2_conn_server_new_versioned(
            &conn, &header->SourceCid, &ours, path, header->Version, Ngtcp2Callbacks.Version, ConnectionCallbacks.Server,
            Ngtcp2Settings.Version, &settings, Ngtcp2TransportParams.Version, &parameters, null, (void*)GCHandle.ToIntPtr(connection._handle));
        if (result != 0)
        {
            connection._handle.Free();
            connection.EndQlog();
            return null;
        }
        connection.Begin(conn, (c, owner) => TlsSession.ForServer((void*)c, owner, credentials, endpoint.Settings.ApplicationProtocol, endpoint.Counters), &ours);
        endpoint.Cids.Add(&header->DestinationCid, connection); // The client uses its own choice until it knows ours.
        return connection;
    }

    private void StartClient()
    {
        var settings = Settings(_connectOptions!.HandshakeTimeout);
        var parameters = Parameters();
        var theirs = NewCid(_endpoint);
        var ours = NewCid(_endpoint);
        BeginQlog(&settings, &theirs);
        _handle = GCHandle.Alloc(this);
        void* conn;
        var result = Ngtcp2Native.ngtcp2_conn_client_new_versioned(
            &conn, &theirs, &ours, _endpoint.PathTo(SocketAddressBytes.From(RemoteEndPoint)), Doorkeeper.QuicVersion, Ngtcp2Callbacks.Version, ConnectionCallbacks.Client,
            Ngtcp2Settings.Version, &settings, Ngtcp2TransportParams.Version, &parameters, null, (void*)GCHandle.ToIntPtr(_handle));
        if (result != 0)
        {
            _handle.Free();
            EndQlog();
            throw new TransportException(TransportError.Unreachable, $"ngtcp2 gives no connection: {Ngtcp2Native.ErrorText(result)}");
        }
        Begin(conn, (c, owner) => TlsSession.ForClient((void*)c, owner, _endpoint.ClientCredentials, _endpoint.Settings.ApplicationProtocol, _connectOptions.ServerName, _endpoint.Counters), &ours);
        _deadline = _endpoint.Loop.Now + Nanoseconds(_connectOptions.HandshakeTimeout);
    }

    private void Begin(void* conn, Func<nint, nint, TlsSession> tls, Ngtcp2Cid* ours)
    {
        try
        {
            _tls = tls((nint)conn, GCHandle.ToIntPtr(_handle));
        }
        catch
        {
            Ngtcp2Native.ngtcp2_conn_del(conn);
            EndQlog();
            _handle.Free();
            throw;
        }
        if (_endpoint.Settings.KeyLog is not null)
            _tls.LogSecrets();
        _conn = conn;
        _state = State.Open;
        Ngtcp2Native.ngtcp2_conn_set_tls_native_handle(conn, _tls.Handle);
        if (_limits.KeepAlive > TimeSpan.Zero)
            Ngtcp2Native.ngtcp2_conn_set_keep_alive_timeout(conn, Nanoseconds(_limits.KeepAlive));
        _endpoint.Add(this);
        _endpoint.Cids.Add(ours, this);
        MarkDirty();
    }

    private Ngtcp2Settings Settings(TimeSpan handshakeTimeout)
    {
        Ngtcp2Settings settings;
        Ngtcp2Native.ngtcp2_settings_default_versioned(Ngtcp2Settings.Version, &settings);
        settings.InitialTimestamp = _endpoint.Loop.Now;
        settings.HandshakeTimeout = Nanoseconds(handshakeTimeout);
        settings.AckThreshold = 1; // With 2, a peer that waits for one answer gets a packet more: half the round trips a second.
        return settings;
    }

    private Ngtcp2TransportParams Parameters()
    {
        Ngtcp2TransportParams parameters;
        Ngtcp2Native.ngtcp2_transport_params_default_versioned(Ngtcp2TransportParams.Version, &parameters);
        parameters.InitialMaxStreamDataBidiLocal = (ulong)_limits.StreamWindow;
        parameters.InitialMaxStreamDataBidiRemote = (ulong)_limits.StreamWindow;
        parameters.InitialMaxStreamDataUni = (ulong)_limits.StreamWindow;
        parameters.InitialMaxData = (ulong)_limits.ConnectionWindow;
        parameters.InitialMaxStreamsBidi = (ulong)_limits.MaxStreams;
        parameters.InitialMaxStreamsUni = (ulong)_limits.MaxStreams;
        parameters.MaxIdleTimeout = Nanoseconds(_limits.IdleTimeout);
        return parameters;
    }

    private static Ngtcp2Cid NewCid(Ngtcp2Endpoint endpoint)
    {
        Span<byte> bytes = stackalloc byte[CidLength];
        endpoint.FillCid(bytes);
        return Ngtcp2Cid.From(bytes);
    }

    private static ulong Nanoseconds(TimeSpan span) => span > TimeSpan.Zero ? (ulong)span.Ticks * 100 : 0;

    /// <summary>Called by GnuTLS: true when the certificate is accepted.</summary>
    internal bool OnServerCertificate(void* session)
    {
        uint count;
        var chain = GnuTlsNative.gnutls_certificate_get_peers(session, &count);
        var certificates = new List<byte[]>();
        for (var i = 0; chain != null && i < count; i++)
            certificates.Add(new ReadOnlySpan<byte>(chain[i].Data, (int)chain[i].Size).ToArray());

        if (CertificateCheck.Refusal(certificates, _connectOptions!) is { } refusal)
        {
            _refusal = new TransportException(TransportError.CertificateRefused, refusal);
            return false;
        }
        ServerCertificateHash = SHA256.HashData(certificates[0]);
        return true;
    }

    /// <summary>False when the peer must not be let in after all.</summary>
    internal bool OnHandshakeCompleted()
    {
        if (!_tls!.AgreedOnProtocol)
        {
            _refusal = new TransportException(TransportError.ProtocolRefused, $"The peer does not speak {_endpoint.Settings.ApplicationProtocol}.");
            return false;
        }
        // Without a hash the certificate was never looked at, whatever GnuTLS' reason.
        if (ServerCertificateHash.IsEmpty)
        {
            _refusal = new TransportException(TransportError.CertificateRefused, "The server's certificate was not checked.");
            return false;
        }
        _handshakeCompleted = true;
        _endpoint.Metrics.OnHandshakeEnded(IsServer, completed: true);
        RecordRoundTrip();
        if (IsServer)
            _endpoint.OnHandshakeCompleted(this);
        return true;
    }

    /// <summary>A client's handshake counts from here on: the server has checked everything too (RFC 9001 § 4.1.2).</summary>
    internal void OnHandshakeConfirmed()
    {
        _deadline = ulong.MaxValue;
        _confirmed.TrySetResult();
    }

    /// <param name="cid">Where the id goes.</param>
    /// <param name="length">The bytes that it is to have.</param>
    internal bool OnNewConnectionId(Ngtcp2Cid* cid, nuint length, byte* resetToken)
    {
        _endpoint.FillCid(new Span<byte>(cid->Data, (int)length));
        cid->DataLength = length;
        _endpoint.WriteResetToken(cid, resetToken);
        _endpoint.Cids.Add(cid, this);
        return true;
    }

    /// <summary>The token by which the peer would reset this connection, from when to when its id is used.</summary>
    internal void OnPeerResetToken(byte* token, bool isInUse)
    {
        if (isInUse)
            _endpoint.Cids.AddResetToken(token, this);
        else
            _endpoint.Cids.RemoveResetToken(token, this);
    }

    internal void OnConnectionIdRetired(Ngtcp2Cid* cid) => _endpoint.Cids.Remove(cid, this);
}
