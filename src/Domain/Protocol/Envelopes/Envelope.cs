using System.Collections.ObjectModel;

namespace Skytale.Protocol.Envelopes;

/// <summary>
/// One published SLIM message on its way from a link to others: all of it that is signed or read end to end, and nothing of
/// one hop (<c>recv_from</c>, <c>forward_to</c>, <c>incoming_conn</c>, <c>header_mac</c>).
/// </summary>
public sealed record Envelope
{
    /// <summary>Who sent it.</summary>
    public required SlimName Source { get; init; }

    /// <summary>Whom it is for.</summary>
    public required SlimName Destination { get; init; }

    /// <summary>The sender's identity token, which receiving applications verify.</summary>
    public string Identity { get; init; } = "";

    /// <summary>1: to one of those whom the destination matches; else to all.</summary>
    public uint Fanout { get; init; }

    /// <summary>Hops that are left.</summary>
    public uint Ttl { get; init; }

    /// <summary>The header's version.</summary>
    public string Version { get; init; } = "";

    /// <summary>The header's error mark; null where it was not sent.</summary>
    public bool? IsError { get; init; }

    /// <summary>The sender's end-to-end signature of the header; null where there is none.</summary>
    public ReadOnlyMemory<byte>? HeaderSignature { get; init; }

    /// <summary>The session and the message's place in it.</summary>
    public SessionHeader Session { get; init; }

    /// <summary>What <see cref="Content"/> is.</summary>
    public ContentKind ContentKind { get; init; }

    /// <summary>The application's word for its payload; empty but for <see cref="ContentKind.Application"/>.</summary>
    public string PayloadType { get; init; } = "";

    /// <summary>The application's bytes, or a command as protobuf.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The message's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Fields that are not known here, as protobuf, by the message that they stood in.</summary>
    public IReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>> Unknown { get; init; } = ReadOnlyDictionary<EnvelopePart, ReadOnlyMemory<byte>>.Empty;

    /// <summary>From whom to whom and how large; nothing of the identity, the metadata or the content.</summary>
    public override string ToString() => $"{nameof(Envelope)} from {Source} to {Destination}, {Content.Length} bytes";
}
