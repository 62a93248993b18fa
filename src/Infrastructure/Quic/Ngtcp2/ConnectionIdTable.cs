using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A connection id (RFC 9000 § 5.1) as a dictionary key: 0 to 20 bytes.</summary>
internal readonly record struct ConnectionIdKey(ulong First, ulong Second, uint Third, int Length)
{
    internal static ConnectionIdKey From(ReadOnlySpan<byte> cid)
    {
        Span<byte> padded = stackalloc byte[24];
        padded.Clear();
        cid.CopyTo(padded);
        return new ConnectionIdKey(MemoryMarshal.Read<ulong>(padded), MemoryMarshal.Read<ulong>(padded[8..]), MemoryMarshal.Read<uint>(padded[16..]), cid.Length);
    }
}

/// <summary>
/// Which connection a datagram belongs to: a connection has several ids, ours and the client's first choice, and the peer's
/// stateless reset tokens, by which alone a reset can be told (RFC 9000 § 10.3.1). Loop thread only.
/// </summary>
internal sealed unsafe class ConnectionIdTable(TransportCounters counters)
{
    internal const int ResetTokenLength = 16;

    private readonly Dictionary<ConnectionIdKey, Ngtcp2Connection> _connections = new(new KeyedComparer());

    /// <summary>An id that is taken stays with its connection: the first one in was there by right.</summary>
    internal void Add(Ngtcp2Cid* cid, Ngtcp2Connection connection) => Add(Key(cid), connection);

    internal void Remove(Ngtcp2Cid* cid, Ngtcp2Connection connection) => Remove(Key(cid), connection);

    internal void AddResetToken(byte* token, Ngtcp2Connection connection) => Add(TokenKey(token), connection);

    internal void RemoveResetToken(byte* token, Ngtcp2Connection connection) => Remove(TokenKey(token), connection);

    internal Ngtcp2Connection? FindByResetToken(byte* token) => _connections.GetValueOrDefault(TokenKey(token));

    internal void RemoveAll(Ngtcp2Connection connection)
    {
        foreach (var key in connection.ConnectionIds)
            _connections.Remove(key);
        counters.AddConnectionIds(-connection.ConnectionIds.Count);
        connection.ConnectionIds.Clear();
    }

    internal Ngtcp2Connection? Find(byte* cid, nuint length) =>
        _connections.GetValueOrDefault(ConnectionIdKey.From(new ReadOnlySpan<byte>(cid, (int)length)));

    private void Add(ConnectionIdKey key, Ngtcp2Connection connection)
    {
        if (!_connections.TryAdd(key, connection))
            return;
        connection.ConnectionIds.Add(key);
        counters.AddConnectionIds(1);
    }

    private void Remove(ConnectionIdKey key, Ngtcp2Connection connection)
    {
        if (!connection.ConnectionIds.Remove(key))
            return;
        _connections.Remove(key);
        counters.AddConnectionIds(-1);
    }

    /// <summary>No id has this length, so that the two never meet.</summary>
    private static ConnectionIdKey TokenKey(byte* token) => ConnectionIdKey.From(new ReadOnlySpan<byte>(token, ResetTokenLength)) with { Length = -ResetTokenLength };

    private static ConnectionIdKey Key(Ngtcp2Cid* cid) => ConnectionIdKey.From(new ReadOnlySpan<byte>(cid->Data, (int)cid->DataLength));

    /// <summary>Clients choose their first id: multiply-shift with secret odd factors keeps them from choosing collisions.</summary>
    private sealed class KeyedComparer : IEqualityComparer<ConnectionIdKey>
    {
        private readonly ulong _a = Factor(), _b = Factor(), _c = Factor();

        public bool Equals(ConnectionIdKey x, ConnectionIdKey y) => x == y;

        public int GetHashCode(ConnectionIdKey key) =>
            (int)((key.First * _a + key.Second * _b + ((ulong)key.Length << 32 | key.Third) * _c) >> 32);

        private static ulong Factor() => MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(8)) | 1;
    }
}
