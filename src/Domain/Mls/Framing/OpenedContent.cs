using System.Buffers;
using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

/// <summary>
/// A decrypted PrivateMessageContent. Application data lies in a pooled buffer that disposal zeroes; what a handshake
/// message holds is no secret to a member and outlives this.
/// </summary>
internal sealed class OpenedContent : IDisposable
{
    private readonly int _length;
    private readonly bool _pooled;
    private byte[] _buffer;
    private AuthenticatedContent? _content;

    public OpenedContent(ContentType type, int length)
    {
        _length = length;
        _pooled = type == ContentType.Application;
        _buffer = _pooled ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];
    }

    public Span<byte> Buffer => _buffer.AsSpan(0, _length);

    /// <summary>The content; for application data valid until disposal.</summary>
    public AuthenticatedContent Content => _content ?? throw new InvalidOperationException("The buffer was not parsed.");

    /// <summary>Reads content, auth data and padding.</summary>
    public void Parse(PrivateMessage message, Sender sender)
    {
        var reader = new TlsReader(_buffer.AsMemory(0, _length));
        var body = FramedBody.Read(message.ContentType, ref reader);
        var auth = FramedContentAuthData.Read(message.ContentType, ref reader);
        // §6.3.1: a receiver MUST verify that there are no non-zero bytes in the padding field.
        if (Buffer[reader.Position..].ContainsAnyExcept((byte)0))
            throw new MlsException(MlsError.InvalidPadding);
        var content = new FramedContent(message.GroupId, message.Epoch, sender, message.AuthenticatedData, body);
        _content = new AuthenticatedContent(WireFormat.PrivateMessage, content, auth);
    }

    public void Dispose()
    {
        if (!_pooled || _buffer.Length == 0)
            return;
        CryptographicOperations.ZeroMemory(_buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
