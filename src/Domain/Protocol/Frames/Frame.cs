using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

/// <summary>
/// One message of the relay protocol: a CBOR array of definite length whose first element is the type. The rules are
/// docs/protocol/relay.cddl; each frame's stands above its code.
/// </summary>
public abstract record Frame(FrameType Type)
{
    /// <summary>Elements behind the type.</summary>
    protected abstract int FieldCount { get; }

    /// <summary>Writes the elements behind the type.</summary>
    protected abstract void WriteFields(CborWriter writer);

    /// <summary>Writes the frame as one CBOR item.</summary>
    internal void WriteTo(CborWriter writer)
    {
        writer.WriteStartArray(1 + FieldCount);
        writer.WriteInt32((int)Type);
        WriteFields(writer);
        writer.WriteEndArray();
    }
}

/// <summary>A frame that asks for an answer: the answer carries the same <see cref="RequestId"/>.</summary>
public abstract record RequestFrame(FrameType Type, RequestId RequestId) : Frame(Type);

/// <summary>A frame that answers a <see cref="RequestFrame"/>.</summary>
public abstract record AnswerFrame(FrameType Type, RequestId RequestId) : Frame(Type);
