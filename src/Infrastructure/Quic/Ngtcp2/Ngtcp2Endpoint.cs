using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Quic.Ngtcp2.Streams;
using Skytale.Quic.Ngtcp2.Tls;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// One UDP socket with its loop and its connections: a listener's, or the one that all connections of a client transport
/// share. What is not said to be for any thread is the loop's.
/// </summary>
internal sealed unsafe class Ngtcp2Endpoint : ILoopHandler, IDatagramSink, IAsyncDisposable
{
    internal const int MinResetSize = 21; // RFC 9000 § 10.3: below it a packet of version 1 cannot be.

    /// <summary>Datagrams of other loops that wait to be read here; more are lost, as at a full socket.</summary>
    private const int MaxStrays = 1024;

    private readonly UdpSocket _socket;
    private readonly HashSet<Ngtcp2Connection> _connections = [];
    private readonly byte[] _secret;
    private readonly byte[] _resetSecret;
    private readonly Ngtcp2PathStorage* _clientPath;
    private readonly Ngtcp2PathStorage* _writePath;
    private readonly Doorkeeper? _door;
    private readonly LoopGroup? _group;
    private readonly int _index; // In the group.
    private int _strays;
    private volatile bool _isEnding;
    private List<Ngtcp2Connection> _dirty = [];
    private List<Ngtcp2Connection> _writing = [];
    private long _packetsReceived;
    private long _bytesReceived;

    private Ngtcp2Endpoint(IPEndPoint local, PortSharing sharing, Ngtcp2TransportSettings settings, TransportCounters counters, TransportMetrics metrics, ServerDoor? door, LoopGroup? group, int index)
    {
        Settings = settings;
        Counters = counters;
        Metrics = metrics;
        _secret = door is null ? RandomNumberGenerator.GetBytes(ServerDoor.SecretLength) : [.. door.Secret];
        _socket = new UdpSocket(local, listens: door is not null, sharing); // First: it and the loop are what may fail.
        Loop = NewLoop(door is null ? "quic client" : $"quic {_socket.LocalEndPoint}", listens: door is not null);
        _resetSecret = door is null ? RandomNumberGenerator.GetBytes(ServerDoor.SecretLength) : door.ResetSecret(_socket.LocalEndPoint);
        Chunks = new ChunkPool(counters);
        Cids = new ConnectionIdTable(counters);
        ClientCredentials = new ClientCredentials();
        Batch = new SendBatch(_socket.Fd, _socket.TellsDestination);
        _clientPath = NewPath(SocketAddressBytes.From(_socket.LocalEndPoint));
        _writePath = NewPath([]);
        _door = door is null ? null : new Doorkeeper(this, door);
        _group = group;
        _index = index;
    }

    /// <summary>Any thread.</summary>
    internal EventLoop Loop { get; }

    /// <summary>Any thread.</summary>
    internal ChunkPool Chunks { get; }

    /// <summary>Any thread.</summary>
    internal TransportCounters Counters { get; }

    /// <summary>Any thread.</summary>
    internal TransportMetrics Metrics { get; }

    internal Ngtcp2TransportSettings Settings { get; }

    internal IPEndPoint LocalEndPoint => _socket.LocalEndPoint;

    internal ClientCredentials ClientCredentials { get; }

    internal ConnectionIdTable Cids { get; }

    internal TimerQueue Timers { get; } = new();

    internal HeldAcks HeldAcks { get; } = new();

    internal SendBatch Batch { get; }

    /// <summary>Where ngtcp2 writes the path of the packet that it writes.</summary>
    internal Ngtcp2Path* WritePath => &_writePath->Path;

    /// <summary>True from the loop's last turn on.</summary>
    internal bool IsEnding => _isEnding;

    internal ReadOnlySpan<byte> Secret => _secret;

    bool ILoopHandler.HasPendingWrites => _dirty.Count > 0 || Batch.HasPackets;

    ulong ILoopHandler.NextTimer => Math.Min(Timers.Next, HeldAcks.Next);

    /// <summary>An endpoint that runs, for any number of clients.</summary>
    /// <exception cref="TransportException">The system gives no socket.</exception>
    internal static Ngtcp2Endpoint ForClients(System.Net.Sockets.AddressFamily family, Ngtcp2TransportSettings settings, TransportCounters counters, TransportMetrics metrics)
    {
        var endpoint = new Ngtcp2Endpoint(SocketAddressBytes.AnyFor(family), PortSharing.None, settings, counters, metrics, door: null, group: null, index: 0);
        endpoint.Start();
        return endpoint;
    }

    /// <summary>One loop of a listener, which runs when it is started.</summary>
    /// <param name="group">The loops of this port, which the new one joins.</param>
    /// <param name="index">Its place in the group: the first takes the port, the others share it.</param>
    /// <exception cref="TransportException">The address cannot be bound.</exception>
    internal static Ngtcp2Endpoint ForServer(IPEndPoint local, Ngtcp2TransportSettings settings, TransportCounters counters, TransportMetrics metrics, ServerDoor door, LoopGroup group, int index)
    {
        var sharing = group.Count == 1 ? PortSharing.None : index == 0 ? PortSharing.First : PortSharing.Next;
        var endpoint = new Ngtcp2Endpoint(local, sharing, settings, counters, metrics, door, group, index);
        group.Add(index, endpoint);
        return endpoint;
    }

    internal void Start() => Loop.Start();

    /// <summary>Ends all connections, each with a last packet, and gives everything back.</summary>
    public ValueTask DisposeAsync()
    {
        Loop.Stop();
        return new ValueTask(Loop.Completion);
    }

    internal void Add(Ngtcp2Connection connection)
    {
        _connections.Add(connection);
        Counters.AddConnections(1);
    }

    internal void Remove(Ngtcp2Connection connection)
    {
        _connections.Remove(connection);
        Cids.RemoveAll(connection);
        Counters.AddConnections(-1);
    }

    internal void AddDirty(Ngtcp2Connection connection) => _dirty.Add(connection);

    internal void OnHandshakeCompleted(Ngtcp2Connection connection) => _door!.OnHandshakeCompleted(connection);

    internal void OnHalfOpenEnded(Ngtcp2Connection connection) => _door!.OnHalfOpenEnded(connection);

    /// <summary>The path of a client's first packet; the pointer is good until the next call.</summary>
    internal Ngtcp2Path* PathTo(ReadOnlySpan<byte> remote)
    {
        remote.CopyTo(new Span<byte>(_clientPath->RemoteBuffer, Ngtcp2PathStorage.AddressSize));
        _clientPath->Path.Remote.Length = (uint)remote.Length;
        return &_clientPath->Path;
    }

    /// <summary>RFC 9000 § 10.3.2: the token is a function of the id, so that nothing has to be remembered of a connection.</summary>
    internal void WriteResetToken(Ngtcp2Cid* cid, byte* token)
    {
        fixed (byte* secret = _resetSecret)
        {
            if (Ngtcp2CryptoNative.ngtcp2_crypto_generate_stateless_reset_token(token, secret, ServerDoor.SecretLength, cid) != 0)
                throw new InvalidOperationException("ngtcp2_crypto_generate_stateless_reset_token failed.");
        }
    }

    /// <summary>Fills in a new connection id of ours: random, and leading to this loop.</summary>
    internal void FillCid(Span<byte> cid)
    {
        if (_group is null)
            RandomNumberGenerator.Fill(cid);
        else
            _group.FillCid(cid, _index);
    }

    internal void Send(ReadOnlySpan<byte> packet, Ngtcp2Path* path)
    {
        packet.CopyTo(new Span<byte>(Batch.Next, SendBatch.MaxPacket));
        Batch.Commit(packet.Length, path);
    }

    bool ILoopHandler.Receive()
    {
        var more = _socket.Receive(this);
        Counters.AddReceived(_packetsReceived, _bytesReceived);
        (_packetsReceived, _bytesReceived) = (0, 0);
        return more;
    }

    void IDatagramSink.OnDatagram(byte* data, int length, Ngtcp2Path* path)
    {
        _packetsReceived++;
        _bytesReceived += length;
        Deliver(data, length, path);
    }

    /// <summary>Reads a datagram that another loop received.</summary>
    internal void OnStray(byte* data, int length, Ngtcp2Path* path)
    {
        Interlocked.Decrement(ref _strays);
        if (!IsEnding)
            Deliver(data, length, path);
    }

    private void Deliver(byte* data, int length, Ngtcp2Path* path)
    {
        Ngtcp2VersionCid ids;
        var result = Ngtcp2Native.ngtcp2_pkt_decode_version_cid(&ids, data, (nuint)length, Ngtcp2Connection.CidLength);
        // Unknown versions may carry ids of up to 255 bytes (RFC 8999 § 5.1): none of those is ours.
        if (ids.DestinationCidLength > Ngtcp2Cid.MaxLength && result == 0)
            return;
        if (result == Ngtcp2Error.VersionNegotiation || (result == 0 && _door is not null && IsOfAnotherVersion(&ids, data)))
            _door?.OfferVersion(&ids, length, path);
        else if (result == 0 && Cids.Find(ids.DestinationCid, ids.DestinationCidLength) is { } connection)
            connection.Read(data, length, path, Loop.Now);
        else if (result == 0 && OtherOwner(&ids, data) is { } owner)
            owner.TakeStray(new ReadOnlySpan<byte>(data, length), path);
        else if (result == 0 && length >= MinResetSize && Cids.FindByResetToken(data + length - ConnectionIdTable.ResetTokenLength) is { } forgotten)
            forgotten.Read(data, length, path, Loop.Now); // ngtcp2 looks at the token too.
        else if (result == 0)
            _door?.OnStranger(&ids, data, length, path);
    }

    /// <summary>ngtcp2 knows version 2 as well (RFC 9369), which is not spoken here. In a short header there is no version.</summary>
    private static bool IsOfAnotherVersion(Ngtcp2VersionCid* ids, byte* data) => (data[0] & 0x80) != 0 && ids->Version is not (0 or Doorkeeper.QuicVersion);

    /// <summary>The loop of this port that a datagram is for; null: this one.</summary>
    private Ngtcp2Endpoint? OtherOwner(Ngtcp2VersionCid* ids, byte* data)
    {
        // In an Initial and in 0-RTT the id is the client's own choice and leads nowhere (RFC 9000 § 7.2, § 17.2).
        var isFirstFlight = (data[0] & 0x80) != 0 && (data[0] & 0x30) <= 0x10;
        if (_group is null || isFirstFlight)
            return null;
        var owner = _group.OwnerOf(new ReadOnlySpan<byte>(ids->DestinationCid, (int)ids->DestinationCidLength));
        return ReferenceEquals(owner, this) ? null : owner;
    }

    /// <summary>Another loop's thread: hands a datagram over to this one.</summary>
    private void TakeStray(ReadOnlySpan<byte> datagram, Ngtcp2Path* path)
    {
        if (Interlocked.Increment(ref _strays) > MaxStrays)
        {
            Interlocked.Decrement(ref _strays);
            return;
        }
        Counters.AddStray();
        Loop.Post(new StrayDatagram(this, datagram, path));
    }

    void ILoopHandler.RunTimers(ulong now)
    {
        while (HeldAcks.Pop(now) is { } silent)
            silent.MarkDirty();
        while (Timers.Pop(now) is { } due)
            due.OnTimer(now);
    }

    void ILoopHandler.WritePending()
    {
        var now = Loop.Refresh();
        (_writing, _dirty) = (_dirty, _writing);
        foreach (var connection in _writing)
        {
            connection.IsDirty = false;
            connection.WriteTurn(now);
        }
        _writing.Clear();
        Flush();
    }

    void ILoopHandler.Ended(Exception? failure)
    {
        _isEnding = true;
        if (failure is not null)
            _group?.Stop();
        foreach (var connection in _connections.ToArray())
            connection.EndWithEndpoint(failure, Loop.Now);
        _door?.Dispose();
        Flush();
        Batch.Dispose();
        _socket.Dispose();
        Chunks.Dispose();
        ClientCredentials.Dispose();
        NativeMemory.Free(_clientPath);
        NativeMemory.Free(_writePath);
        CryptographicOperations.ZeroMemory(_secret);
        CryptographicOperations.ZeroMemory(_resetSecret);
    }

    private EventLoop NewLoop(string name, bool listens)
    {
        try
        {
            return new EventLoop(this, _socket.Fd, name, new LoopClock(Settings.Clock));
        }
        catch (IOException e)
        {
            _socket.Dispose();
            throw new TransportException(listens ? TransportError.CannotListen : TransportError.Unreachable, $"The system gives no loop: {e.Message}", inner: e);
        }
    }

    private void Flush()
    {
        var (packets, bytes) = Batch.TakeCounts();
        Counters.AddSent(packets, bytes);
        Batch.Flush();
    }

    private static Ngtcp2PathStorage* NewPath(ReadOnlySpan<byte> local)
    {
        var storage = (Ngtcp2PathStorage*)NativeMemory.AllocZeroed((nuint)sizeof(Ngtcp2PathStorage));
        local.CopyTo(new Span<byte>(storage->LocalBuffer, Ngtcp2PathStorage.AddressSize));
        storage->Path.Local = new Ngtcp2Addr { Address = storage->LocalBuffer, Length = (uint)local.Length };
        storage->Path.Remote = new Ngtcp2Addr { Address = storage->RemoteBuffer };
        return storage;
    }
}
