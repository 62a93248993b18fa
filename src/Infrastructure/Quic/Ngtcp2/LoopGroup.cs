using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// The loops that share one port, each with a socket of its own (socket(7), SO_REUSEPORT). The kernel spreads datagrams by
/// their addresses, so that a client that moved may reach another loop than its connection's: which loop that is, the
/// connection id says, to whoever knows this group's key. To others ids stay random (RFC 9000 § 5.1). Any thread.
/// </summary>
internal sealed class LoopGroup(int count)
{
    private readonly Ngtcp2Endpoint[] _members = new Ngtcp2Endpoint[count];
    private readonly ulong _first = Factor(), _second = Factor();

    internal int Count => _members.Length;

    /// <summary>Before any of them runs.</summary>
    internal void Add(int index, Ngtcp2Endpoint member) => _members[index] = member;

    /// <summary>The loop whose connection has this id, if any has.</summary>
    internal Ngtcp2Endpoint OwnerOf(ReadOnlySpan<byte> cid) => _members[IndexOf(cid)];

    /// <summary>Fills in an id that leads to this loop: random ones are thrown until one does.</summary>
    internal void FillCid(Span<byte> cid, int index)
    {
        do
            RandomNumberGenerator.Fill(cid);
        while (IndexOf(cid) != index);
    }

    /// <summary>Ends all of them: with one loop gone the kernel would go on giving it a share of the port's new clients.</summary>
    internal void Stop()
    {
        foreach (var member in _members)
            member.Loop.Stop();
    }

    /// <summary>Multiply-shift under secret odd factors.</summary>
    private int IndexOf(ReadOnlySpan<byte> cid)
    {
        var key = ConnectionIdKey.From(cid);
        var hash = (key.First * _first + key.Second * _second) >> 32;
        return (int)((hash * (ulong)_members.Length) >> 32);
    }

    private static ulong Factor() => MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
