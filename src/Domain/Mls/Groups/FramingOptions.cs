using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§6: how a handshake message travels.</summary>
public sealed record FramingOptions
{
    public static FramingOptions Default { get; } = new();

    /// <summary>PublicMessage, which the Delivery Service can follow, or PrivateMessage, which members alone read.</summary>
    public WireFormat WireFormat { get; init; } = WireFormat.PublicMessage;

    /// <summary>Sent in the clear with the message and signed with it.</summary>
    public Opaque AuthenticatedData { get; init; }

    /// <summary>Of a PrivateMessage: content and padding have at least this many bytes under the encryption.</summary>
    public int PaddingTo { get; init; }
}
