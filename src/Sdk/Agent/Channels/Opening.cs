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
/// Decrypts a message when it arrives, in the head's epoch: what it is for shows only then. Content waits in the inbox, with
/// the ratchets as they are behind it, which are stored when it is acknowledged; a notice is handled here.
/// Used under the session's gate.
/// </summary>
internal sealed class Opening(ChannelSession session)
{
    /// <summary>The entry that a message becomes.</summary>
    public InboxEntry Open(DeliverMessage frame)
    {
        try
        {
            if (Tls.Decode<MlsMessage>(new Opaque(frame.Ciphertext)).PrivateMessage is not { } message)
                throw new MlsException(MlsError.WrongWireFormat, "not a PrivateMessage");
            using var opened = session.Head.Group.Unprotect(message);
            var header = Tls.Decode<MessageHeader>(opened.AuthenticatedData);
            if (header.MessageId != frame.MessageId)
                return Unreadable(frame, "the relay shows it under another message id");
            if (!session.Head.IsNew(opened.Sender, header.MessageId))
                return Unreadable(frame, "its message id came before");
            return Sort(frame, AgentLeaf.Named(opened.Credential)!.Value, opened.Plaintext);
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

    private InboxEntry Sort(DeliverMessage frame, AgentId sender, Secret decrypted)
    {
        switch (Plaintext.Read(decrypted))
        {
            case NoticePlaintext notice:
                if (session.Notices.For(notice.Type) is { } handler)
                    handler(new ReceivedNotice(sender, frame.Sequence, decrypted.Memory[notice.Start..]));
                else
                    AgentLog.UnknownNotice(session.Context.Logger, session.Id.ToString(), frame.Sequence.Value, (ushort)notice.Type);
                return new PassedOver(frame.Sequence);
            case ContentPlaintext content:
                var body = Secret.Copy(decrypted.Span[content.Start..]);
                var shown = new MessageContent(frame.MessageId, sender, content.Header, body);
                return new UnreadMessage(frame.Sequence, session.Head, shown, session.Head.Group.SerializeReceiving());
            default:
                throw new InvalidOperationException("A plaintext is content or a notice.");
        }
    }

    private Unreadable Unreadable(DeliverMessage frame, string reason) => new(frame.Sequence, session.Head, reason);
}
