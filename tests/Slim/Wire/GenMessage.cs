using CsCheck;
using Google.Protobuf;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Wire;

/// <summary>Published messages with every field there or not, at random, and with fields of a later version in any of them.</summary>
internal static class GenMessage
{
    private static readonly Gen<string> s_text = Gen.String[Gen.Char.AlphaNumeric, 0, 20];
    private static readonly Gen<ByteString> s_bytes = Gen.Byte.Array[0, 40].Select(ByteString.CopyFrom);

    /// <summary>A field whose number nobody has used yet: varint or bytes.</summary>
    private static readonly Gen<byte[]> s_unknown = Gen.OneOf(
        Gen.Const(Array.Empty<byte>()),
        Gen.Select(Gen.UInt[1000, 5000], Gen.ULong, (number, value) => Field(output =>
        {
            output.WriteTag((int)number, WireFormat.WireType.Varint);
            output.WriteUInt64(value);
        })),
        Gen.Select(Gen.UInt[1000, 5000], s_bytes, (number, value) => Field(output =>
        {
            output.WriteTag((int)number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(value);
        })));

    private static readonly Gen<EncodedName> s_encoded = Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, With(Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new NameId { Id0 = high, Id1 = low })), Gen.Bool)
        .Select((first, second, third, id, hasId) => new EncodedName { Component0 = first, Component1 = second, Component2 = third, NameId = hasId ? id : null });

    private static readonly Gen<StringName> s_stringName =
        Gen.Select(s_text, s_text, s_text, (first, second, third) => new StringName { StrComponent0 = first, StrComponent1 = second, StrComponent2 = third });

    private static readonly Gen<Name> s_name =
        With(Gen.Select(With(s_encoded), With(s_stringName), Gen.Bool, (encoded, text, hasText) => new Name { Name_ = encoded, StrName = hasText ? text : null }));

    private static readonly Gen<SlimHeader> s_header = With(Gen.Select(s_name, s_name, s_text, s_text, Gen.UInt, Gen.UInt[1, 100], Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool), s_bytes)
        .Select((source, destination, identity, version, fanout, ttl, are, signature) =>
        {
            var header = new SlimHeader { Source = source, Destination = destination, Identity = identity, Version = version, Fanout = fanout, Ttl = ttl };
            if (are.Item1)
                header.Error = are.Item2;
            if (are.Item3)
                header.E2EHeaderSig = signature;
            return header;
        }));

    private static readonly Gen<SessionHeader> s_session = With(Gen.Select(Gen.Int[0, 5], Gen.Int[0, 30], Gen.UInt, Gen.UInt, (type, messageType, session, message) =>
        new SessionHeader { SessionType = (SessionType)type, SessionMessageType = (SessionMessageType)messageType, SessionId = session, MessageId = message }));

    private static readonly Gen<Content> s_content = With(Gen.OneOf(
        s_bytes.Select(command => new Content { CommandPayload = command }),
        With(Gen.Select(s_text, s_bytes, (type, blob) => new ApplicationPayload { PayloadType = type, Blob = blob })).Select(payload => new Content { AppPayload = payload })));

    public static Gen<Message> Published { get; } = With(Gen.Select(
        With(Gen.Select(s_header, s_session, s_content, Gen.Bool, (header, session, content, hasContent) => new Publish { Header = header, Session = session, Msg = hasContent ? content : null })),
        Gen.Dictionary(s_text, s_text)[0, 5],
        (publish, metadata) =>
        {
            var message = new Message { Publish = publish };
            message.Metadata.Add(metadata);
            return message;
        }));

    private static Gen<TMessage> With<TMessage>(Gen<TMessage> gen) where TMessage : IMessage<TMessage> => Gen.Select(gen, s_unknown, (message, unknown) =>
    {
        message.MergeFrom(unknown);
        return message;
    });

    private static byte[] Field(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes))
            write(output);
        return bytes.ToArray();
    }
}
