using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.SlimWire;

/// <summary>What SLIM's nodes want of a message before they look at what it says.</summary>
public static class PublishRules
{
    /// <summary>What stands against a header, as one sentence; null: nothing.</summary>
    public static string? Violation(SlimHeader? header) => header switch
    {
        null => "The header is missing.",
        { Source.Name_: null } or { Destination.Name_: null } or { Source: null } or { Destination: null } => "The header's source and destination need encoded names.",
        _ => Violation(header.Source.StrName) ?? Violation(header.Destination.StrName),
    };

    /// <summary>What stands against a published message, as one sentence; null: nothing.</summary>
    public static string? Violation(Publish publish) =>
        Violation(publish.Header) ?? (publish.Session is null ? "The session header is missing." : publish.Header.Ttl == 0 ? "The ttl is 0: the message had to be dropped before." : null);

    private static string? Violation(StringName? text) =>
        text is not null && Math.Max(text.StrComponent0.Length, Math.Max(text.StrComponent1.Length, text.StrComponent2.Length)) > SlimNameText.MaxLength
            ? $"A part of a name has {SlimNameText.MaxLength} characters at most."
            : null;
}
