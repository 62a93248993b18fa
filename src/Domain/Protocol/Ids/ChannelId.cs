namespace Skytale.Protocol;

/// <summary>A channel's id, which is its MLS group_id: 32 random bytes that the creator chose.</summary>
public readonly struct ChannelId : IEquatable<ChannelId>
{
    /// <summary>Bytes of an id.</summary>
    public const int Size = 32;

    private readonly ReadOnlyMemory<byte> _bytes;

    /// <param name="bytes">Exactly <see cref="Size"/> bytes; kept, not copied.</param>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: another length.</exception>
    public ChannelId(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ProtocolException(ErrorCode.MalformedFrame, $"A channel id has {Size} bytes, not {bytes.Length}.");
        _bytes = bytes;
    }

    /// <summary>The bytes; none for <c>default</c>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    public bool Equals(ChannelId other) => _bytes.Span.SequenceEqual(other._bytes.Span);

    public override bool Equals(object? obj) => obj is ChannelId other && Equals(other);

    public override int GetHashCode() => _bytes.IsEmpty ? 0 : BitConverter.ToInt32(_bytes.Span);

    public static bool operator ==(ChannelId left, ChannelId right) => left.Equals(right);

    public static bool operator !=(ChannelId left, ChannelId right) => !left.Equals(right);

    /// <summary>Lowercase hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes.Span);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out ChannelId channelId)
    {
        channelId = default;
        if (text is null || text.Length != 2 * Size || !text.All(char.IsAsciiHexDigitLower))
            return false;
        channelId = new ChannelId(Convert.FromHexString(text));
        return true;
    }
}
