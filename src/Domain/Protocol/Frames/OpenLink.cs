using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// open-link = [50, request-id, token: tstr / null]

/// <summary>The first frame of a link of SLIM names: for whom it is. Answered with <see cref="LinkOpened"/>.</summary>
/// <param name="Token">From a proxy, the SLIM application's token; null from an agent, which its connection has proved already, and from a proxy in development mode.</param>
public sealed record OpenLink(RequestId RequestId, string? Token) : RequestFrame(FrameType.OpenLink, RequestId)
{
    /// <summary>Characters of a token.</summary>
    public const int MaxTokenLength = 8_192;

    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        if (Token is null)
            writer.WriteNull();
        else
            writer.WriteTextString(Token);
    }

    internal static OpenLink Read(CborReader reader) => new(reader.ReadRequestId(), reader.TryReadNull() ? null : reader.ReadText(MaxTokenLength));

    /// <summary>Never the token.</summary>
    public override string ToString() => $"{nameof(OpenLink)} {(Token is null ? "without" : "with")} a token";
}
