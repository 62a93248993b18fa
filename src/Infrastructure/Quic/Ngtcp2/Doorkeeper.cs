using System.Net;
using System.Security.Cryptography;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// Everything that one loop of a server answers to datagrams of no connection: it lets clients in by the listener's door, asks
/// for a Retry, negotiates the version, or resets. Loop thread only.
/// </summary>
internal sealed unsafe class Doorkeeper : IDisposable
{
    internal const uint QuicVersion = 1;                        // RFC 9000 § 15

    private const int MinInitialSize = 1200;                    // RFC 9000 § 14.1
    private const int MaxResetSize = 42;
    private const ulong InvalidToken = 0x0b;                    // RFC 9000 § 20.1
    private const ulong TokenLifetime = 10_000_000_000;         // Nanoseconds; a Retry is answered at once.

    private readonly Ngtcp2Endpoint _endpoint;
    private readonly ServerDoor _door;
    private readonly Ngtcp2TransportSettings _settings;
    private readonly TokenBucket _answers;

    internal Doorkeeper(Ngtcp2Endpoint endpoint, ServerDoor door)
    {
        _endpoint = endpoint;
        _door = door;
        _settings = endpoint.Settings;
        _answers = new TokenBucket(_settings.AnswersPerSecond);
        door.Enter();
    }

    public void Dispose() => _door.Leave();

    internal void OnHandshakeCompleted(Ngtcp2Connection connection)
    {
        OnHalfOpenEnded(connection);
        _door.Offer(connection);
    }

    internal void OnHalfOpenEnded(Ngtcp2Connection connection)
    {
        _door.AddHalfOpen(-1);
        _door.Shares.Leave(connection.LetInFrom!);
    }

    /// <summary>RFC 9000 § 6.1: tells a client of another version which one is spoken here.</summary>
    internal void OfferVersion(Ngtcp2VersionCid* ids, int length, Ngtcp2Path* path)
    {
        const int room = 600; // Two ids of up to 255 bytes.
        if (length < MinInitialSize || !_answers.TryTake(_endpoint.Loop.Now))
            return;
        var packet = stackalloc byte[room];
        var version = QuicVersion;
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
        if (_door.HalfOpen >= _settings.MaxHalfOpen || _door.Accepted.Count >= _settings.MaxUnaccepted)
            return;

        Ngtcp2Cid originalCid;
        var hasRetryToken = header.TokenLength > 0 && header.Token[0] == Ngtcp2CryptoNative.RetryTokenMagic;
        if (hasRetryToken && !VerifyToken(&header, path, &originalCid))
            RefuseToken(&header, path);
        else if (!hasRetryToken && (_door.HalfOpen >= _settings.RetryFrom || _door.Shares.IsHalfTaken(AddressOf(path))))
            SendRetry(&header, path);
        else
            LetIn(&header, hasRetryToken ? &originalCid : null, data, length, path);
    }

    private void LetIn(Ngtcp2PktHd* header, Ngtcp2Cid* originalCid, byte* data, int length, Ngtcp2Path* path)
    {
        var address = AddressOf(path);
        if (!_door.Shares.TryEnter(address))
            return;
        if (_door.HoldCredentials() is not { } credentials)
        {
            _door.Shares.Leave(address); // The listener ends.
            return;
        }
        Ngtcp2Connection? connection = null;
        try
        {
            connection = Ngtcp2Connection.Accept(_endpoint, credentials, _door.ConnectionLimits, header, path, originalCid);
        }
        catch (TransportException)
        {
            // GnuTLS has no memory for another session: as a lost packet, the client tries again.
        }
        finally
        {
            credentials.Release();
        }
        if (connection is null)
        {
            _door.Shares.Leave(address);
            return;
        }
        connection.LetInFrom = address;
        _door.AddHalfOpen(1);
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
        _door.CountRetry();
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

    private static IPAddress AddressOf(Ngtcp2Path* path) => SocketAddressBytes.ToEndPoint(path->Remote.Bytes).Address;

    private static byte RandomByte()
    {
        Span<byte> one = stackalloc byte[1];
        RandomNumberGenerator.Fill(one);
        return one[0];
    }
}
