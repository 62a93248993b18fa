using System.Security.Cryptography;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// Everything that a server answers to datagrams of no connection: it lets clients in, asks for a Retry, negotiates the
/// version, or resets. Loop thread only, but for the accepted connections' reader.
/// </summary>
internal sealed unsafe class ServerDoor : IDisposable
{
    private const int MinInitialSize = 1200;                    // RFC 9000 § 14.1
    private const int MaxResetSize = 42;
    private const ulong InvalidToken = 0x0b;                    // RFC 9000 § 20.1
    private const ulong TokenLifetime = 10_000_000_000;         // Nanoseconds; a Retry is answered at once.

    private readonly Ngtcp2Endpoint _endpoint;
    private readonly Lock _credentialsGate = new();
    private ServerCredentials? _credentials; // Null from the end on.
    private readonly TransportLimits _connectionLimits;
    private readonly Ngtcp2TransportSettings _settings;
    private readonly TokenBucket _answers;
    private readonly Channel<Ngtcp2Connection> _accepted = Channel.CreateUnbounded<Ngtcp2Connection>();
    private int _halfOpen;

    internal ServerDoor(Ngtcp2Endpoint endpoint, ServerCredentials credentials, TransportLimits connectionLimits)
    {
        _endpoint = endpoint;
        _credentials = credentials;
        _connectionLimits = connectionLimits;
        _settings = endpoint.Settings;
        _answers = new TokenBucket(_settings.AnswersPerSecond);
    }

    /// <summary>Connections whose handshake is complete. Any thread.</summary>
    internal ChannelReader<Ngtcp2Connection> Accepted => _accepted.Reader;

    /// <summary>Retry packets sent.</summary>
    internal int RetriesSent { get; private set; }

    /// <summary>What new handshakes are shown; null when the listener has ended. Any thread.</summary>
    internal ServerCredentials? Credentials
    {
        get
        {
            lock (_credentialsGate)
                return _credentials;
        }
    }

    public void Dispose()
    {
        _accepted.Writer.TryComplete();
        lock (_credentialsGate)
        {
            _credentials?.Release();
            _credentials = null;
        }
    }

    /// <summary>Handshakes that begin from here on are shown these; whoever was let in before keeps the others. Any thread.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.Closed"/>: the listener has ended; the credentials stay the caller's.</exception>
    internal void Replace(ServerCredentials credentials)
    {
        lock (_credentialsGate)
        {
            if (_credentials is null)
                throw new TransportException(TransportError.Closed, "The listener was disposed.");
            _credentials.Release();
            _credentials = credentials;
        }
    }

    internal void OnHandshakeCompleted(Ngtcp2Connection connection)
    {
        _halfOpen--;
        _accepted.Writer.TryWrite(connection);
    }

    internal void OnHalfOpenEnded() => _halfOpen--;

    /// <summary>RFC 9000 § 6.1: tells a client of another version which one is spoken here.</summary>
    internal void OfferVersion(Ngtcp2VersionCid* ids, int length, Ngtcp2Path* path)
    {
        const int room = 600; // Two ids of up to 255 bytes.
        if (length < MinInitialSize || !_answers.TryTake(_endpoint.Loop.Now))
            return;
        var packet = stackalloc byte[room];
        uint version = 1;
        var written = Ngtcp2Native.ngtcp2_pkt_write_version_negotiation(
            packet, room, RandomByte(), ids->SourceCid, ids->SourceCidLength, ids->DestinationCid, ids->DestinationCidLength, &version, 1);
        Answer(packet, written, path);
    }

    /// <summary>A packet of version 1 that no connection knows.</summary>
    internal void OnStranger(Ngtcp2VersionCid* ids, byte* data, int length, Ngtcp2Path* path)
    {
        var isLongHeader = (data[0] & 0x80) != 0;
        if (!isLongHeader)
        {
            ResetStateless(ids, length, path);
            return;
        }
        Ngtcp2PktHd header;
        if (Ngtcp2Native.ngtcp2_accept(&header, data, (nuint)length) != 0)
            return;
        if (_halfOpen >= _settings.MaxHalfOpen || _accepted.Reader.Count >= _settings.MaxUnaccepted)
            return;

        Ngtcp2Cid originalCid;
        var hasRetryToken = header.TokenLength > 0 && header.Token[0] == Ngtcp2CryptoNative.RetryTokenMagic;
        if (hasRetryToken && !VerifyToken(&header, path, &originalCid))
            RefuseToken(&header, path);
        else if (!hasRetryToken && _halfOpen >= _settings.RetryFrom)
            SendRetry(&header, path);
        else
            LetIn(&header, hasRetryToken ? &originalCid : null, data, length, path);
    }

    private void LetIn(Ngtcp2PktHd* header, Ngtcp2Cid* originalCid, byte* data, int length, Ngtcp2Path* path)
    {
        Ngtcp2Connection? connection;
        ServerCredentials credentials;
        lock (_credentialsGate)
            credentials = _credentials!.Hold(); // The door is open: datagrams stop before it is disposed.
        try
        {
            connection = Ngtcp2Connection.Accept(_endpoint, credentials, _connectionLimits, header, path, originalCid);
        }
        catch (TransportException)
        {
            return; // GnuTLS has no memory for another session: as a lost packet, the client tries again.
        }
        finally
        {
            credentials.Release();
        }
        if (connection is null)
            return;
        _halfOpen++;
        connection.Read(data, length, path, _endpoint.Loop.Now);
    }

    private void SendRetry(Ngtcp2PktHd* header, Ngtcp2Path* path)
    {
        Span<byte> random = stackalloc byte[Ngtcp2Connection.CidLength];
        RandomNumberGenerator.Fill(random);
        var cid = Ngtcp2Cid.From(random);
        var token = stackalloc byte[Ngtcp2CryptoNative.MaxRetryTokenLength];
        var packet = stackalloc byte[MinInitialSize];
        fixed (byte* secret = _endpoint.Secret)
        {
            var tokenLength = Ngtcp2CryptoNative.ngtcp2_crypto_generate_retry_token(
                token, secret, (nuint)_endpoint.Secret.Length, header->Version, path->Remote.Address, path->Remote.Length, &cid, &header->DestinationCid, _endpoint.Loop.Now);
            if (tokenLength < 0)
                return;
            var written = Ngtcp2CryptoNative.ngtcp2_crypto_write_retry(
                packet, MinInitialSize, header->Version, &header->SourceCid, &cid, &header->DestinationCid, token, (nuint)tokenLength);
            Answer(packet, written, path);
        }
        RetriesSent++;
        _endpoint.Counters.AddRetry();
    }

    private bool VerifyToken(Ngtcp2PktHd* header, Ngtcp2Path* path, Ngtcp2Cid* originalCid)
    {
        fixed (byte* secret = _endpoint.Secret)
            return Ngtcp2CryptoNative.ngtcp2_crypto_verify_retry_token(
                originalCid, header->Token, header->TokenLength, secret, (nuint)_endpoint.Secret.Length, header->Version,
                path->Remote.Address, path->Remote.Length, &header->DestinationCid, TokenLifetime, _endpoint.Loop.Now) == 0;
    }

    /// <summary>RFC 9000 § 8.1.3: a client with a wrong Retry token is told at once.</summary>
    private void RefuseToken(Ngtcp2PktHd* header, Ngtcp2Path* path)
    {
        if (!_answers.TryTake(_endpoint.Loop.Now))
            return;
        var packet = stackalloc byte[MinInitialSize];
        var written = Ngtcp2CryptoNative.ngtcp2_crypto_write_connection_close(
            packet, MinInitialSize, header->Version, &header->SourceCid, &header->DestinationCid, InvalidToken, null, 0);
        Answer(packet, written, path);
    }

    /// <summary>
    /// RFC 9000 § 10.3: tells a peer that its connection is not known here, as after a restart. It looks like a short packet and
    /// is shorter than its cause, so that two who answer each other so come to an end (§ 10.3.3).
    /// </summary>
    private void ResetStateless(Ngtcp2VersionCid* ids, int length, Ngtcp2Path* path)
    {
        const int tokenLength = ConnectionIdTable.ResetTokenLength;
        var size = Math.Min(MaxResetSize, length - 1);
        if (size < Ngtcp2Endpoint.MinResetSize || !_answers.TryTake(_endpoint.Loop.Now))
            return;
        var cid = Ngtcp2Cid.From(new ReadOnlySpan<byte>(ids->DestinationCid, (int)ids->DestinationCidLength));
        var token = stackalloc byte[tokenLength];
        _endpoint.WriteResetToken(&cid, token);
        var random = stackalloc byte[MaxResetSize - tokenLength];
        RandomNumberGenerator.Fill(new Span<byte>(random, size - tokenLength));
        var packet = stackalloc byte[MaxResetSize];
        var written = Ngtcp2Native.ngtcp2_pkt_write_stateless_reset(packet, (nuint)size, token, random, (nuint)(size - tokenLength));
        Answer(packet, written, path);
    }

    private void Answer(byte* packet, nint length, Ngtcp2Path* path)
    {
        if (length > 0)
            _endpoint.Send(new ReadOnlySpan<byte>(packet, (int)length), path);
    }

    private static byte RandomByte()
    {
        Span<byte> one = stackalloc byte[1];
        RandomNumberGenerator.Fill(one);
        return one[0];
    }
}
