using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// send-commit = [16, request-id, channel-id, commit: mls, group-info: mls, send-welcome / null]

/// <summary>
/// One transaction: a commit of the current epoch, the GroupInfo of the epoch that it leads to and, where it adds
/// members, their Welcome. A repeat of a commit that was accepted is answered with its sequence.
/// </summary>
public sealed record SendCommit(RequestId RequestId, ChannelId ChannelId, ReadOnlyMemory<byte> Commit, ReadOnlyMemory<byte> GroupInfo, SendWelcome? Welcome)
    : RequestFrame(FrameType.SendCommit, RequestId)
{
    internal const int Fields = 5;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.Write(RequestId);
        writer.Write(ChannelId);
        writer.Write(Commit);
        writer.Write(GroupInfo);
        if (Welcome is null)
            writer.WriteNull();
        else
            Welcome.WriteTo(writer);
    }

    internal static SendCommit Read(CborReader reader) =>
        new(reader.ReadRequestId(), reader.ReadChannelId(), reader.ReadBytes(), reader.ReadBytes(), SendWelcome.ReadOptional(reader));
}
