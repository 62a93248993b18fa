using Google.Protobuf;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;
using SessionHeader = Skytale.Protocol.Envelopes.SessionHeader;

namespace Skytale.SlimWire;

/// <summary>
/// A published SLIM message as the envelope that crosses the relay, and back. Nothing of what its two ends sign or read is lost;
/// <c>recv_from</c>, <c>forward_to</c>, <c>incoming_conn</c> and <c>header_mac</c> are of one hop and stay behind.
/// </summary>
public static class EnvelopeMapping
{
    /// <summary>The envelope of a message whose <see cref="Publish"/> has no <see cref="PublishRules.Violation(Publish)"/>. The message is used up.</summary>
    public static Envelope ToEnvelope(Message message)
    {
        var publish = message.Publish;
        var (header, session, content) = (publish.Header, publish.Session, publish.Msg);
        var unknown = new UnknownFields();
        var (kind, payloadType, bytes) = TakeApart(content, unknown);
        var envelope = new Envelope
        {
            Source = NameMapping.TakeApart(header.Source, NameParts.Source, unknown),
            Destination = NameMapping.TakeApart(header.Destination, NameParts.Destination, unknown),
            Identity = header.Identity,
            Fanout = header.Fanout,
            Ttl = header.Ttl,
            Version = header.Version,
            IsError = header.HasError ? header.Error : null,
            HeaderSignature = header.HasE2EHeaderSig ? header.E2EHeaderSig.Memory : (ReadOnlyMemory<byte>?)null,
            Session = new SessionHeader((uint)session.SessionType, (uint)session.SessionMessageType, session.SessionId, session.MessageId),
            ContentKind = kind,
            PayloadType = payloadType,
            Content = bytes,
            Metadata = new Dictionary<string, string>(message.Metadata),
        };

        Empty(header);
        unknown.Take(EnvelopePart.Header, header);
        (session.SessionType, session.SessionMessageType, session.SessionId, session.MessageId) = (default, default, 0, 0);
        unknown.Take(EnvelopePart.SessionHeader, session);
        (publish.Header, publish.Session, publish.Msg) = (null, null, null);
        unknown.Take(EnvelopePart.Publish, publish);
        message.ClearMessageType();
        message.Metadata.Clear();
        unknown.Take(EnvelopePart.Message, message);
        return envelope with { Unknown = unknown.Found };
    }

    /// <summary>The message of an envelope, without a MAC.</summary>
    /// <exception cref="ProtocolException">Its unknown fields are none.</exception>
    public static Message ToMessage(Envelope envelope)
    {
        var header = UnknownFields.Restore<SlimHeader>(envelope, EnvelopePart.Header);
        Empty(header);
        header.Source = NameMapping.PutTogether(envelope.Source, NameParts.Source, envelope);
        header.Destination = NameMapping.PutTogether(envelope.Destination, NameParts.Destination, envelope);
        (header.Identity, header.Fanout, header.Ttl, header.Version) = (envelope.Identity, envelope.Fanout, envelope.Ttl, envelope.Version);
        if (envelope.IsError is { } isError)
            header.Error = isError;
        if (envelope.HeaderSignature is { } signature)
            header.E2EHeaderSig = UnsafeByteOperations.UnsafeWrap(signature);

        var session = UnknownFields.Restore<Messages.SessionHeader>(envelope, EnvelopePart.SessionHeader);
        (session.SessionType, session.SessionMessageType) = ((SessionType)envelope.Session.Type, (SessionMessageType)envelope.Session.MessageType);
        (session.SessionId, session.MessageId) = (envelope.Session.SessionId, envelope.Session.MessageId);

        var publish = UnknownFields.Restore<Publish>(envelope, EnvelopePart.Publish);
        (publish.Header, publish.Session, publish.Msg) = (header, session, PutTogether(envelope));
        var message = UnknownFields.Restore<Message>(envelope, EnvelopePart.Message);
        message.Publish = publish;
        message.Metadata.Clear();
        foreach (var (key, value) in envelope.Metadata)
            message.Metadata.Add(key, value);
        return message;
    }

    private static void Empty(SlimHeader header)
    {
        (header.Source, header.Destination) = (null, null);
        (header.Identity, header.Version, header.Fanout, header.Ttl) = ("", "", 0, 0);
        header.ClearRecvFrom();
        header.ClearForwardTo();
        header.ClearIncomingConn();
        header.ClearError();
        header.ClearHeaderMac();
        header.ClearE2EHeaderSig();
    }

    private static (ContentKind, string PayloadType, ReadOnlyMemory<byte>) TakeApart(Content? content, UnknownFields unknown)
    {
        (ContentKind, string, ReadOnlyMemory<byte>) taken = (ContentKind.None, "", default);
        if (content is null)
            return taken;
        if (content.ContentTypeCase == Content.ContentTypeOneofCase.CommandPayload)
        {
            taken = (ContentKind.Command, "", content.CommandPayload.Memory);
        }
        else if (content.AppPayload is { } payload)
        {
            taken = (ContentKind.Application, payload.PayloadType, payload.Blob.Memory);
            (payload.PayloadType, payload.Blob) = ("", ByteString.Empty);
            unknown.Take(EnvelopePart.ApplicationPayload, payload);
        }
        content.ClearContentType();
        unknown.Take(EnvelopePart.Content, content);
        return taken;
    }

    private static Content? PutTogether(Envelope envelope)
    {
        var content = UnknownFields.Restore<Content>(envelope, EnvelopePart.Content);
        content.ClearContentType();
        switch (envelope.ContentKind)
        {
            case ContentKind.Command:
                content.CommandPayload = UnsafeByteOperations.UnsafeWrap(envelope.Content);
                break;
            case ContentKind.Application:
                var payload = UnknownFields.Restore<ApplicationPayload>(envelope, EnvelopePart.ApplicationPayload);
                (payload.PayloadType, payload.Blob) = (envelope.PayloadType, UnsafeByteOperations.UnsafeWrap(envelope.Content));
                content.AppPayload = payload;
                break;
            default:
                return content.CalculateSize() > 0 ? content : null;
        }
        return content;
    }
}
