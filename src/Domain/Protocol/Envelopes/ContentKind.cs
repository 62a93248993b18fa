namespace Skytale.Protocol.Envelopes;

/// <summary>What an envelope's content is. Numbers are never reused.</summary>
public enum ContentKind
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>An application's payload of a <see cref="Envelope.PayloadType"/>.</summary>
    Application = 1,

    /// <summary>A command of a session: SLIM's CommandPayload as protobuf.</summary>
    Command = 2,
}
