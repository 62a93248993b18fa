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
        if (envelope.Unknown.Values.Sum(bytes => (long)bytes.Length) is > Unknown and var unknown)
            return TooMuch("unknown fields", unknown, Unknown);
        return null;
    }

    /// <summary>About what it holds in memory, in bytes: what queues count.</summary>
    public static int SizeOf(Envelope envelope) =>
        512 + envelope.Content.Length + envelope.Identity.Length + SizeOf(envelope.Metadata) + envelope.Unknown.Values.Sum(bytes => bytes.Length);

    private static int SizeOf(IReadOnlyDictionary<string, string> metadata) => metadata.Count == 0 ? 0 : metadata.Sum(pair => pair.Key.Length + pair.Value.Length);

    private static string TooMuch(string what, long size, long most) => $"The {what} of an envelope may have {most}, not {size}.";
}
