using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Channels;

// Application messages: opaque here, but for group, epoch and kind.
public sealed partial class Channel
{
    /// <summary>Gives a message its place in the order. A repeat of its id by the same sender is answered with the first one's.</summary>
    /// <param name="ciphertext">MLSMessage(PrivateMessage) with application data of the current epoch.</param>
    /// <returns>
    /// Refuses <see cref="ErrorCode.NotAMember"/>, <see cref="ErrorCode.InvalidMessage"/>, <see cref="ErrorCode.StaleEpoch"/>,
    /// <see cref="ErrorCode.LimitReached"/>.
    /// </returns>
    public Result<Sequence> Append(AgentId sender, MessageId id, ReadOnlyMemory<byte> ciphertext)
    {
        var message = MlsPayload.Message(ciphertext);
        lock (_gate)
        {
            if (Log.Find(sender, id) is { } first)
                return first;
            if (!_members.IsMember(sender))
                return NotAMember;
            if (!message.IsSuccess)
                return message.Refusal;
            if (message.Value.GroupId != _group.GroupId)
                return new Refusal(ErrorCode.InvalidMessage, "The message is of another group.");
            if (_epochs.Judge(message.Value.Epoch) is { } stale)
                return stale;

            var sequence = Log.Last.Next;
            var encoded = FrameCodec.Encode(new DeliverMessage(Id, sequence, id, ciphertext));
            if (!Log.HasRoomFor(encoded.Length, _limits))
                return ChannelLimits.Reached("bytes of the channel's log");
            Log.Append(new MessageEntry(sequence, message.Value.Epoch, sender, default, id, encoded));
            return sequence;
        }
    }
}
