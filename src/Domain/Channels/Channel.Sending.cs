using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// Application messages: opaque here, but for group, epoch and kind.
public sealed partial class Channel
{
    /// <summary>Gives a message its place in the order.</summary>
    /// <param name="ciphertext">MLSMessage(PrivateMessage) with application data of the current epoch.</param>
    /// <returns>
    /// What is to be stored; refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.InvalidMessage"/>,
    /// <see cref="ErrorCode.StaleEpoch"/>.
    /// </returns>
    public Result<MessageEntry> Append(AgentId sender, MessageId id, ReadOnlyMemory<byte> ciphertext, DateTimeOffset now)
    {
        if (!_members.IsMember(sender))
            return NotAMember;
        var message = MlsPayload.Message(ciphertext);
        if (!message.IsSuccess)
            return message.Refusal;
        if (message.Value.GroupId != _group.GroupId)
            return new Refusal(ErrorCode.InvalidMessage, "The message is of another group.");
        if (JudgeEpoch(message.Value.Epoch) is { } stale)
            return stale;
        Last = Last.Next;
        return new MessageEntry(Last, Epoch, sender, now, id, FrameCodec.Encode(new DeliverMessage(Id, Last, id, ciphertext)));
    }
}
