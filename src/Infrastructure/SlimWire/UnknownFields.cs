using System.Collections.ObjectModel;
using Google.Protobuf;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.SlimWire;

/// <summary>
/// Fields of later versions, which this one carries without knowing them. protobuf keeps them with their message but shows them to
/// nobody: what is left of a message whose known fields were all taken away is what was unknown.
/// </summary>
internal sealed class UnknownFields
{
    private Dictionary<EnvelopePart, ReadOnlyMemory<byte>>? _found;

    public IReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>> Found => _found ?? (IReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>>)ReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>>.Empty;

    /// <summary>Keeps what is left of a message.</summary>
    public void Take(EnvelopePart part, IMessage emptied)
    {
        if (emptied.CalculateSize() > 0)
            (_found ??= [])[part] = emptied.ToByteArray();
    }

    /// <summary>A new message with the unknown fields that stood in it. Its known fields are all to be set: the bytes are a peer's and may hold any.</summary>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: they are no fields.</exception>
    public static TMessage Restore<TMessage>(Envelope envelope, EnvelopePart part) where TMessage : class, IMessage<TMessage>, new()
    {
        var message = new TMessage();
        if (!envelope.Unknown.TryGetValue(part, out var bytes))
            return message;
        try
        {
            message.MergeFrom(bytes.Span);
            return message;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ProtocolException(ErrorCode.MalformedFrame, $"The unknown fields of {part} are none: {e.Message}", e);
        }
    }
}
