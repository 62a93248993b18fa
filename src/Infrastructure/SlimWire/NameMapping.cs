using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.SlimWire;

/// <summary>The parts of an envelope in which a name's unknown fields stand.</summary>
internal readonly record struct NameParts(EnvelopePart Whole, EnvelopePart Encoded, EnvelopePart Id, EnvelopePart Text)
{
    public static NameParts Source { get; } = new(EnvelopePart.Source, EnvelopePart.SourceName, EnvelopePart.SourceId, EnvelopePart.SourceText);

    public static NameParts Destination { get; } =
        new(EnvelopePart.Destination, EnvelopePart.DestinationName, EnvelopePart.DestinationId, EnvelopePart.DestinationText);
}

/// <summary>Names as SLIM writes them and as envelopes do.</summary>
public static class NameMapping
{
    /// <summary>A name whose encoded part is there.</summary>
    public static SlimName ToSlimName(this Name name) => new(
        name.Name_.Component0, name.Name_.Component1, name.Name_.Component2,
        name.Name_.NameId is { } id ? new SlimNameId(id.Id0, id.Id1) : null,
        name.StrName is { } text ? new SlimNameText(text.StrComponent0, text.StrComponent1, text.StrComponent2) : null);

    /// <summary>A name as SLIM writes it.</summary>
    public static Name ToName(this SlimName name)
    {
        var written = new Name();
        Fill(written, name, new EncodedName(), new NameId(), new StringName());
        return written;
    }

    /// <summary>The name, and of its messages what is unknown; the name is used up.</summary>
    internal static SlimName TakeApart(Name name, NameParts parts, UnknownFields unknown)
    {
        var taken = name.ToSlimName();
        var encoded = name.Name_;
        if (encoded.NameId is { } id)
        {
            (id.Id0, id.Id1) = (0, 0);
            unknown.Take(parts.Id, id);
        }
        if (name.StrName is { } text)
        {
            text.StrComponent0 = text.StrComponent1 = text.StrComponent2 = "";
            unknown.Take(parts.Text, text);
        }
        (encoded.Component0, encoded.Component1, encoded.Component2, encoded.NameId) = (0, 0, 0, null);
        unknown.Take(parts.Encoded, encoded);
        (name.Name_, name.StrName) = (null, null);
        unknown.Take(parts.Whole, name);
        return taken;
    }

    internal static Name PutTogether(SlimName name, NameParts parts, Envelope envelope)
    {
        var written = UnknownFields.Restore<Name>(envelope, parts.Whole);
        Fill(
            written, name, UnknownFields.Restore<EncodedName>(envelope, parts.Encoded), UnknownFields.Restore<NameId>(envelope, parts.Id),
            UnknownFields.Restore<StringName>(envelope, parts.Text));
        return written;
    }

    private static void Fill(Name written, SlimName name, EncodedName encoded, NameId nameId, StringName stringName)
    {
        (encoded.Component0, encoded.Component1, encoded.Component2, encoded.NameId) = (name.Component0, name.Component1, name.Component2, null);
        if (name.Id is { } id)
        {
            (nameId.Id0, nameId.Id1) = (id.High, id.Low);
            encoded.NameId = nameId;
        }
        (written.Name_, written.StrName) = (encoded, null);
        if (name.Text is { } text)
        {
            (stringName.StrComponent0, stringName.StrComponent1, stringName.StrComponent2) = (text.Component0, text.Component1, text.Component2);
            written.StrName = stringName;
        }
    }
}
