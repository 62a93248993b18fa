using System.Formats.Cbor;
using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Envelopes;

// envelope = [source: kept-name, destination: kept-name, identity: kept-identity, fanout: uint .size 4, ttl: uint .size 4,
//             version: tstr, error: bool / null, signature: bstr / null, session-header, content-kind, payload-type: tstr,
//             content: bstr, metadata, unknown]
// session-header = [type: uint .size 4, message-type: uint .size 4, session-id: uint .size 4, message-id: uint .size 4]
// content-kind = 0 / 1 / 2
// metadata = {* tstr => tstr}
// unknown = {* uint => bstr}

/// <summary>An envelope as it travels on a link: see <see cref="EnvelopePacker"/>.</summary>
/// <param name="Rest">All but the three values before it: of those it says nothing that counts.</param>
public sealed record PackedEnvelope(Kept<SlimName> Source, Kept<SlimName> Destination, Kept<string> Identity, Envelope Rest)
{
    private const int Fields = 14;
    private static readonly SlimName s_elsewhere = new(0, 0, 0, null, null);

    internal void Write(CborWriter writer)
    {
        writer.WriteStartArray(Fields);
        Source.Write(writer, static (to, name) => name.Write(to));
        Destination.Write(writer, static (to, name) => name.Write(to));
        Identity.Write(writer, static (to, text) => to.WriteTextString(text));
        writer.WriteUInt32(Rest.Fanout);
        writer.WriteUInt32(Rest.Ttl);
        writer.WriteTextString(Rest.Version);
        if (Rest.IsError is { } isError)
            writer.WriteBoolean(isError);
        else
            writer.WriteNull();
        if (Rest.HeaderSignature is { } signature)
            writer.Write(signature);
        else
            writer.WriteNull();
        Write(writer, Rest.Session);
        writer.WriteInt32((int)Rest.ContentKind);
        writer.WriteTextString(Rest.PayloadType);
        writer.Write(Rest.Content);
        writer.WriteStartMap(Rest.Metadata.Count);
        foreach (var (key, value) in Rest.Metadata)
        {
            writer.WriteTextString(key);
            writer.WriteTextString(value);
        }
        writer.WriteEndMap();
        writer.WriteStartMap(Rest.Unknown.Count);
        foreach (var (part, bytes) in Rest.Unknown)
        {
            writer.WriteInt32((int)part);
            writer.Write(bytes);
        }
        writer.WriteEndMap();
        writer.WriteEndArray();
    }

    internal static PackedEnvelope Read(CborReader reader)
    {
        reader.ReadArrayOf(Fields);
        var source = Kept<SlimName>.Read(reader, SlimName.Read);
        var destination = Kept<SlimName>.Read(reader, SlimName.Read);
        var identity = Kept<string>.Read(reader, static from => from.ReadTextString());
        var rest = new Envelope
        {
            Source = s_elsewhere,
            Destination = s_elsewhere,
            Fanout = reader.ReadUInt32(),
            Ttl = reader.ReadUInt32(),
            Version = reader.ReadTextString(),
            IsError = reader.TryReadNull() ? null : reader.ReadBoolean(),
            HeaderSignature = reader.TryReadNull() ? null : (ReadOnlyMemory<byte>?)reader.ReadBytes(), // An uncast null would be empty memory.
            Session = ReadSession(reader),
            ContentKind = ReadKind(reader),
            PayloadType = reader.ReadTextString(),
            Content = reader.ReadBytes(),
            Metadata = ReadMap(reader, EnvelopeLimits.Pairs, static from => from.ReadTextString(), static from => from.ReadTextString()),
            Unknown = ReadMap(reader, EnvelopeLimits.UnknownParts, static from => (EnvelopePart)from.ReadCount(), static from => from.ReadBytes()),
        };
        reader.ReadEndArray();
        return new PackedEnvelope(source, destination, identity, rest);
    }

    private static void Write(CborWriter writer, SessionHeader session)
    {
        writer.WriteStartArray(4);
        writer.WriteUInt32(session.Type);
        writer.WriteUInt32(session.MessageType);
        writer.WriteUInt32(session.SessionId);
        writer.WriteUInt32(session.MessageId);
        writer.WriteEndArray();
    }

    private static SessionHeader ReadSession(CborReader reader)
    {
        reader.ReadArrayOf(4);
        var session = new SessionHeader(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32());
        reader.ReadEndArray();
        return session;
    }

    private static ContentKind ReadKind(CborReader reader)
    {
        var kind = (ContentKind)reader.ReadCount();
        return Enum.IsDefined(kind) ? kind : throw CborFields.Malformed($"no kind of content has the number {(int)kind}");
    }

    private static IReadOnlyDictionary<TKey, TValue> ReadMap<TKey, TValue>(CborReader reader, int most, Func<CborReader, TKey> readKey, Func<CborReader, TValue> readValue) where TKey : notnull
    {
        var count = reader.ReadStartMap() ?? throw CborFields.Malformed("a map of indefinite length");
        if (count == 0)
        {
            reader.ReadEndMap();
            return System.Collections.ObjectModel.ReadOnlyDictionary<TKey, TValue>.Empty;
        }
        if (count > most)
            throw CborFields.Malformed($"a map of {count} entries, where {most} are the most");
        var map = new Dictionary<TKey, TValue>(count);
        for (var i = 0; i < count; i++)
            map.Add(readKey(reader), readValue(reader));
        reader.ReadEndMap();
        return map;
    }
}
