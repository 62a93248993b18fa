using System.Formats.Cbor;
using System.IO.Hashing;
using System.Text;
using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Envelopes;

// slim-name = [component-a: uint, component-b: uint, component-c: uint, slim-name-id / null, slim-name-text / null]
// slim-name-id = [high: uint, low: uint]
// slim-name-text = [tstr, tstr, tstr]

/// <summary>
/// A name of the AGNTCY SLIM data plane: three components (organisation, namespace, application) as hashes, an id below
/// them, and the components' text where it was sent. Messages are routed by the hashes and the id.
/// </summary>
/// <param name="Component0">The organisation's hash.</param>
/// <param name="Component1">The namespace's hash.</param>
/// <param name="Component2">The application's hash.</param>
/// <param name="Id">Null where none was sent; routed as <see cref="SlimNameId.Any"/>.</param>
/// <param name="Text">What the hashes are of, says its sender: see <see cref="IsOfItsText"/>.</param>
public sealed record SlimName(ulong Component0, ulong Component1, ulong Component2, SlimNameId? Id, SlimNameText? Text)
{
    /// <summary>The name of these texts.</summary>
    public static SlimName Of(string organization, string @namespace, string application, SlimNameId? id = null) =>
        new(HashComponent(organization), HashComponent(@namespace), HashComponent(application), id, new SlimNameText(organization, @namespace, application));

    /// <summary>Whether the hashes are the text's; true where there is none.</summary>
    public bool IsOfItsText =>
        Text is null || (HashComponent(Text.Component0) == Component0 && HashComponent(Text.Component1) == Component1 && HashComponent(Text.Component2) == Component2);

    /// <summary>A component's hash: XXH64, seed 0, of its UTF-8 and one byte 0xff.</summary>
    public static ulong HashComponent(string text) => XxHash64.HashToUInt64([.. Encoding.UTF8.GetBytes(text), 0xff]);

    /// <summary>The text with the id, or the hashes in hexadecimal where there is no text.</summary>
    public override string ToString() =>
        $"{(Text is null ? $"{Component0:x16}/{Component1:x16}/{Component2:x16}" : $"{Text.Component0}/{Text.Component1}/{Text.Component2}")}/{Id ?? SlimNameId.Any}";

    internal void Write(CborWriter writer)
    {
        writer.WriteStartArray(5);
        writer.WriteUInt64(Component0);
        writer.WriteUInt64(Component1);
        writer.WriteUInt64(Component2);
        if (Id is { } id)
        {
            writer.WriteStartArray(2);
            writer.WriteUInt64(id.High);
            writer.WriteUInt64(id.Low);
            writer.WriteEndArray();
        }
        else
        {
            writer.WriteNull();
        }
        if (Text is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteStartArray(3);
            writer.WriteTextString(Text.Component0);
            writer.WriteTextString(Text.Component1);
            writer.WriteTextString(Text.Component2);
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
    }

    internal static SlimName Read(CborReader reader)
    {
        reader.ReadArrayOf(5);
        var (first, second, third) = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());
        SlimNameId? id = null;
        if (!reader.TryReadNull())
        {
            reader.ReadArrayOf(2);
            id = new SlimNameId(reader.ReadUInt64(), reader.ReadUInt64());
            reader.ReadEndArray();
        }
        SlimNameText? text = null;
        if (!reader.TryReadNull())
        {
            reader.ReadArrayOf(3);
            text = new SlimNameText(reader.ReadText(SlimNameText.MaxLength), reader.ReadText(SlimNameText.MaxLength), reader.ReadText(SlimNameText.MaxLength));
            reader.ReadEndArray();
        }
        reader.ReadEndArray();
        return new SlimName(first, second, third, id, text);
    }
}

/// <summary>The three components of a name as people wrote them.</summary>
public sealed record SlimNameText(string Component0, string Component1, string Component2)
{
    /// <summary>Characters of one component at most.</summary>
    public const int MaxLength = 256;
}
