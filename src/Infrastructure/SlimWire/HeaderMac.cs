using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Skytale.SlimWire.Messages;

namespace Skytale.SlimWire;

/// <summary>
/// The MAC of a link's headers: both ends of a hop know its key, and each signs what it sends over the hop, subscriptions and
/// published messages alike. May be used concurrently.
/// </summary>
public sealed class HeaderMac : IDisposable
{
    /// <summary>Bytes of a MAC, and of its key.</summary>
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key;
    private readonly byte[] _linkId;

    /// <param name="key">32 bytes, which become this object's.</param>
    /// <param name="linkId">The link's name, from its negotiation.</param>
    internal HeaderMac(byte[] key, string linkId)
    {
        _key = key;
        _linkId = Encoding.UTF8.GetBytes(linkId);
    }

    /// <summary>Puts the MAC into the header. What it covers must not change afterwards.</summary>
    public void Sign(SlimHeader header)
    {
        var mac = new byte[Size];
        Compute(header, mac);
        header.HeaderMac = UnsafeByteOperations.UnsafeWrap(mac);
    }

    /// <summary>True when the header carries the MAC of this link for what it says; compared in constant time.</summary>
    public bool Verify(SlimHeader header)
    {
        Span<byte> mac = stackalloc byte[Size];
        Compute(header, mac);
        return header.HasHeaderMac && CryptographicOperations.FixedTimeEquals(mac, header.HeaderMac.Span);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private void Compute(SlimHeader header, Span<byte> mac)
    {
        var content = new ArrayBufferWriter<byte>(512);
        HeaderMacContent.Write(content, _linkId, header);
        HMACSHA256.HashData(_key, content.WrittenSpan, mac);
    }
}
