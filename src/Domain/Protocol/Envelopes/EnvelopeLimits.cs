namespace Skytale.Protocol.Envelopes;

/// <summary>What an envelope may hold. Who sends one asks here first; who receives one that breaks them ends the link.</summary>
public static class EnvelopeLimits
{
    /// <summary>Bytes of a frame on a link, without its length: 4.5 MB.</summary>
    public const int FrameSize = 4_500_000;

    /// <summary>Bytes of the content: what SLIM's own message limit leaves it at most, 4 MiB.</summary>
    public const int Content = 4 << 20;

    /// <summary>Characters of the identity.</summary>
    public const int Identity = 8_192;

    /// <summary>Characters of the version and of the payload type, each.</summary>
    public const int Word = 256;

    /// <summary>Bytes of the header's signature.</summary>
    public const int Signature = 1_024;

    /// <summary>Pairs of the metadata.</summary>
    public const int Pairs = 256;

    /// <summary>Characters of the metadata, keys and values together.</summary>
    public const int Metadata = 32_768;

    /// <summary>Bytes of the unknown fields together.</summary>
    public const int Unknown = 32_768;

    /// <summary>Messages in which unknown fields stood: more than there are today, for those of later versions.</summary>
    public const int UnknownParts = 32;

    /// <summary>What an envelope takes beside its bytes and texts: its objects, and its place in a queue.</summary>
    private const int Objects = 512;

    /// <summary>A character is two bytes of a string, and one or more of the frame that the envelope was cut from and holds.</summary>
    private const int Character = 4;

    /// <summary>An entry of a map, with the objects of its key and value.</summary>
    private const int Entry = 128;

    /// <summary>What stands against an envelope, as one sentence; null: nothing.</summary>
    public static string? Violation(Envelope envelope)
    {
        if (envelope.Content.Length > Content)
            return TooMuch("content", envelope.Content.Length, Content);
        if (envelope.Identity.Length > Identity)
            return TooMuch("identity", envelope.Identity.Length, Identity);
        if (envelope.Version.Length > Word)
            return TooMuch("version", envelope.Version.Length, Word);
        if (envelope.PayloadType.Length > Word)
            return TooMuch("payload type", envelope.PayloadType.Length, Word);
        if (envelope.HeaderSignature is { Length: > Signature and var signature })
            return TooMuch("signature", signature, Signature);
        if (envelope.Metadata.Count > Pairs)
            return TooMuch("metadata's pairs", envelope.Metadata.Count, Pairs);
        if (SizeOf(envelope.Metadata) is > Metadata and var metadata)
            return TooMuch("metadata", metadata, Metadata);
        if (envelope.Unknown.Count > UnknownParts)
            return TooMuch("unknown fields' messages", envelope.Unknown.Count, UnknownParts);
        if (SizeOf(envelope.Unknown) is > Unknown and var unknown)
            return TooMuch("unknown fields", unknown, Unknown);
        return null;
    }

    /// <summary>About what it holds in memory, in bytes: what queues count.</summary>
    public static int SizeOf(Envelope envelope)
    {
        var characters = envelope.Identity.Length + envelope.Version.Length + envelope.PayloadType.Length + LengthOf(envelope.Source.Text) + LengthOf(envelope.Destination.Text) + SizeOf(envelope.Metadata);
        var bytes = envelope.Content.Length + (envelope.HeaderSignature?.Length ?? 0) + SizeOf(envelope.Unknown);
        return Objects + bytes + (Character * characters) + (Entry * (envelope.Metadata.Count + envelope.Unknown.Count));
    }

    private static int LengthOf(SlimNameText? text) => text is null ? 0 : text.Component0.Length + text.Component1.Length + text.Component2.Length;

    private static int SizeOf(IReadOnlyDictionary<string, string> metadata) => metadata.Count == 0 ? 0 : metadata.Sum(pair => pair.Key.Length + pair.Value.Length);

    private static int SizeOf(IReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>> unknown) => unknown.Count == 0 ? 0 : unknown.Values.Sum(bytes => bytes.Length);

    private static string TooMuch(string what, long size, long most) => $"The {what} of an envelope may have {most}, not {size}.";
}
