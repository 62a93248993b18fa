using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// link-opened = [51, request-id, organizations / null]
// organizations = [* tstr]

/// <summary>The link is open.</summary>
/// <param name="Organizations">The first components under which it may subscribe and from which it may publish; null: any, in development mode alone.</param>
public sealed record LinkOpened(RequestId RequestId, IReadOnlyList<string>? Organizations) : AnswerFrame(FrameType.LinkOpened, RequestId)
{
    internal const int Fields = 2;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        if (Organizations is null)
        {
            writer.WriteNull();
            return;
        }
        writer.WriteStartArray(Organizations.Count);
        foreach (var organization in Organizations)
            writer.WriteTextString(organization);
        writer.WriteEndArray();
    }

    internal static LinkOpened Read(CborReader reader) => new(reader.ReadRequestId(), reader.TryReadNull() ? null : ReadOrganizations(reader));

    private static List<string> ReadOrganizations(CborReader reader)
    {
        var count = reader.ReadStartArray() ?? throw CborFields.Malformed("an array of indefinite length");
        var organizations = new List<string>(); // The count is only the peer's word.
        for (var i = 0; i < count; i++)
            organizations.Add(reader.ReadText(255));
        reader.ReadEndArray();
        return organizations;
    }
}
