using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>
/// Decrypts a message when it arrives, in the head's epoch: what it is for shows only then. Content waits in the inbox, a part for
/// the others of its message, a reply goes to whoever waits for it, and a notice is handled here.
/// Used under the session's gate.
/// </summary>
internal sealed class Opening(ChannelSession session)
{
    /// <summary>True once a message's key was used: the ratchets have moved.</summary>
    public bool TookKey { get; set; }

    /// <summary>The entry that a message becomes.</summary>
    public InboxEntry Open(DeliverMessage frame)
    {
        try
        {
            if (Tls.Decode<MlsMessage>(new Opaque(frame.Ciphertext)).PrivateMessage is not { } message)
                throw new MlsException(MlsError.WrongWireFormat, "not a PrivateMessage");
            using var opened = session.Head.Group.Unprotect(message);
            TookKey = true;
            var header = Tls.Decode<MessageHeader>(opened.AuthenticatedData);
            if (header.MessageId != frame.MessageId)
                return Unreadable(frame, "the relay shows it under another message id");
            if (!session.Head.IsNew(opened.Sender, header.MessageId))
                return Unreadable(frame, "its message id came before");
            return Sort(frame, AgentLeaf.Named(opened.Credential)!.Value, opened);
        }
        catch (MlsException e) when (e.Error == MlsError.OwnMessage)
        {
            // Sent by an earlier run of this agent, which has not seen it come back.
            return new PassedOver(frame.Sequence);
        }
        catch (Exception e) when (e is MlsException or ProtocolException)
        {
            return Unreadable(frame, e.Message);
        }
    }

    private InboxEntry Sort(DeliverMessage frame, AgentId sender, UnprotectedMessage opened)
    {
        var decrypted = opened.Plaintext;
        switch (Plaintext.Read(decrypted))
        {
            case NoticePlaintext notice:
                if (session.Notices.For(notice.Type) is { } handler)
                    handler(new ReceivedNotice(sender, frame.Sequence, decrypted.Memory[notice.Start..]));
                else
                    AgentLog.UnknownNotice(session.Context.Logger, session.Id.ToString(), frame.Sequence.Value, (ushort)notice.Type);
                return new PassedOver(frame.Sequence);
            case ContentPlaintext content:
                return Keep(frame, Content(frame, sender, opened.Generation.Value, content.Header, decrypted.Span[content.Start..]));
            default:
                throw new InvalidOperationException("A plaintext is content or a notice.");
        }
    }

    private MessageContent? Content(DeliverMessage frame, AgentId sender, ulong generation, ContentHeader header, ReadOnlySpan<byte> body) => header.Part is null
        ? new MessageContent(frame.MessageId, sender, generation, header, Secret.Copy(body))
        : session.Parts.Take(frame.Sequence, sender, generation, header, body);

    private InboxEntry Keep(DeliverMessage frame, MessageContent? content)
    {
        if (content is null)
            return new PassedOver(frame.Sequence);
        var unread = new UnreadMessage(frame.Sequence, session.Head, content);
        // After a restart: what was acknowledged is opened again for the ratchets alone.
        if (frame.Sequence <= session.Progress.Done)
            unread.Dispose();
        else if (!session.Replies.TryTake(unread))
            return unread;
        return new PassedOver(frame.Sequence);
    }

    private Unreadable Unreadable(DeliverMessage frame, string reason) => new(frame.Sequence, session.Head, reason);
}
