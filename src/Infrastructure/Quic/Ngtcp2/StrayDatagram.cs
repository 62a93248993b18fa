using System.Buffers;
using Skytale.Quic.Ngtcp2.Loop;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>A copy of a datagram that reached another loop of its group than its connection's, on the way there.</summary>
internal sealed unsafe class StrayDatagram : ILoopWork
{
    private readonly Ngtcp2Endpoint _owner;
    private readonly byte[] _bytes;
    private readonly int _length;
    private readonly byte[] _local;
    private readonly byte[] _remote;

    internal StrayDatagram(Ngtcp2Endpoint owner, ReadOnlySpan<byte> datagram, Ngtcp2Path* path)
    {
        _owner = owner;
        _bytes = ArrayPool<byte>.Shared.Rent(datagram.Length);
        _length = datagram.Length;
        datagram.CopyTo(_bytes);
        _local = path->Local.Bytes.ToArray();
        _remote = path->Remote.Bytes.ToArray();
    }

    public void RunOnLoop()
    {
        fixed (byte* bytes = _bytes, local = _local, remote = _remote)
        {
            var path = new Ngtcp2Path
            {
                Local = new Ngtcp2Addr { Address = local, Length = (uint)_local.Length },
                Remote = new Ngtcp2Addr { Address = remote, Length = (uint)_remote.Length },
            };
            _owner.OnStray(bytes, _length, &path);
        }
        ArrayPool<byte>.Shared.Return(_bytes);
    }
}
