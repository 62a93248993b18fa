using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

/// <summary>Frames to bytes and back: four bytes of length, big-endian, then the CBOR item in its deterministic form (RFC 8949 §4.2.1).</summary>
public static class FrameCodec
{
    /// <summary>Bytes of the length in front of every frame.</summary>
    public const int PrefixSize = 4;

    /// <summary>The largest frame that is taken, without its prefix: 1 MiB.</summary>
    public const int MaxFrameSize = 1 << 20;

    /// <summary>The largest frame that is taken before the peer has proved who it is: 16 KiB.</summary>
    public const int MaxHandshakeFrameSize = 16 << 10;

    /// <summary>A writer's room of up to so many bytes is kept for the next frame of its thread.</summary>
    private const int KeptSize = 128 << 10;

    [ThreadStatic]
    private static CborWriter? t_writer;

    private delegate Frame Read(CborReader reader);

    private static readonly FrozenDictionary<FrameType, (int Fields, Read Read)> Readers = new Dictionary<FrameType, (int, Read)>
    {
        [FrameType.Hello] = (Hello.Fields, Hello.Read),
        [FrameType.Challenge] = (Challenge.Fields, Challenge.Read),
        [FrameType.Proof] = (Proof.Fields, Proof.Read),
        [FrameType.Ready] = (Ready.Fields, Ready.Read),
        [FrameType.Refused] = (Refused.Fields, Refused.Read),
        [FrameType.GoAway] = (GoAway.Fields, GoAway.Read),
        [FrameType.CreateChannel] = (CreateChannel.Fields, CreateChannel.Read),
        [FrameType.ChannelCreated] = (ChannelCreated.Fields, ChannelCreated.Read),
        [FrameType.UploadKeyPackage] = (UploadKeyPackage.Fields, UploadKeyPackage.Read),
        [FrameType.KeyPackageStored] = (KeyPackageStored.Fields, KeyPackageStored.Read),
        [FrameType.AddMember] = (AddMember.Fields, AddMember.Read),
        [FrameType.MemberKeyPackage] = (MemberKeyPackage.Fields, MemberKeyPackage.Read),
        [FrameType.SendCommit] = (SendCommit.Fields, SendCommit.Read),
        [FrameType.SendMessage] = (SendMessage.Fields, SendMessage.Read),
        [FrameType.Accepted] = (Accepted.Fields, Accepted.Read),
        [FrameType.Applied] = (Applied.Fields, Applied.Read),
        [FrameType.CommitRejected] = (CommitRejected.Fields, CommitRejected.Read),
        [FrameType.AskReAdding] = (AskReAdding.Fields, AskReAdding.Read),
        [FrameType.GetGroupInfo] = (GetGroupInfo.Fields, GetGroupInfo.Read),
        [FrameType.CurrentGroupInfo] = (CurrentGroupInfo.Fields, CurrentGroupInfo.Read),
        [FrameType.AnnounceInvitation] = (AnnounceInvitation.Fields, AnnounceInvitation.Read),
        [FrameType.WithdrawInvitation] = (WithdrawInvitation.Fields, WithdrawInvitation.Read),
        [FrameType.SendJoinRequest] = (SendJoinRequest.Fields, SendJoinRequest.Read),
        [FrameType.WithdrawJoinRequest] = (WithdrawJoinRequest.Fields, WithdrawJoinRequest.Read),
        [FrameType.Done] = (Done.Fields, Done.Read),
        [FrameType.DeliverWelcome] = (DeliverWelcome.Fields, DeliverWelcome.Read),
        [FrameType.AcknowledgeWelcome] = (AcknowledgeWelcome.Fields, AcknowledgeWelcome.Read),
        [FrameType.Subscribe] = (Subscribe.Fields, Subscribe.Read),
        [FrameType.Subscribed] = (Subscribed.Fields, Subscribed.Read),
        [FrameType.DeliverMessage] = (DeliverMessage.Fields, DeliverMessage.Read),
        [FrameType.DeliverCommit] = (DeliverCommit.Fields, DeliverCommit.Read),
        [FrameType.Acknowledge] = (Acknowledge.Fields, Acknowledge.Read),
        [FrameType.Gap] = (Gap.Fields, Gap.Read),
        [FrameType.DeliverApplied] = (DeliverApplied.Fields, DeliverApplied.Read),
        [FrameType.CommitVoided] = (CommitVoided.Fields, CommitVoided.Read),
        [FrameType.DeliverReAdding] = (DeliverReAdding.Fields, DeliverReAdding.Read),
        [FrameType.DeliverJoinRequest] = (DeliverJoinRequest.Fields, DeliverJoinRequest.Read),
        [FrameType.SendLeave] = (SendLeave.Fields, SendLeave.Read),
        [FrameType.DeliverLeave] = (DeliverLeave.Fields, DeliverLeave.Read),
        [FrameType.ProxyHello] = (ProxyHello.Fields, ProxyHello.Read),
        [FrameType.OpenLink] = (OpenLink.Fields, OpenLink.Read),
        [FrameType.LinkOpened] = (LinkOpened.Fields, LinkOpened.Read),
        [FrameType.SubscribeName] = (SubscribeName.Fields, SubscribeName.Read),
        [FrameType.UnsubscribeName] = (UnsubscribeName.Fields, UnsubscribeName.Read),
        [FrameType.NameAccepted] = (NameAccepted.Fields, NameAccepted.Read),
        [FrameType.PublishEnvelope] = (PublishEnvelope.Fields, PublishEnvelope.Read),
        [FrameType.DeliverEnvelope] = (DeliverEnvelope.Fields, DeliverEnvelope.Read),
    }.ToFrozenDictionary();

    /// <summary>The frame with its length in front, ready for a stream.</summary>
    public static ReadOnlyMemory<byte> Encode(Frame frame)
    {
        var writer = Written(frame);
        var bytes = GC.AllocateUninitializedArray<byte>(PrefixSize + writer.BytesWritten);
        Encode(writer, bytes);
        return bytes;
    }

    /// <summary>The same, behind what a buffer holds.</summary>
    public static void Encode(Frame frame, IBufferWriter<byte> buffer)
    {
        var writer = Written(frame);
        var size = PrefixSize + writer.BytesWritten;
        Encode(writer, buffer.GetSpan(size)[..size]);
        buffer.Advance(size);
    }

    /// <summary>Reads one frame without its length; the frame's byte strings refer to the memory.</summary>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/> or <see cref="ErrorCode.UnknownFrameType"/>.</exception>
    public static Frame Decode(ReadOnlyMemory<byte> body)
    {
        var reader = new CborReader(body, CborConformanceMode.Canonical);
        try
        {
            var frame = ReadItem(reader);
            return reader.BytesRemaining == 0 ? frame : throw CborFields.Malformed("bytes behind the frame");
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            throw new ProtocolException(ErrorCode.MalformedFrame, $"Malformed frame: {e.Message}", e);
        }
    }

    private static CborWriter Written(Frame frame)
    {
        var writer = t_writer ?? new CborWriter(CborConformanceMode.Canonical);
        t_writer = null; // Until it is encoded: what fails half-way leaves none behind.
        frame.WriteTo(writer);
        return writer;
    }

    private static void Encode(CborWriter writer, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, writer.BytesWritten);
        writer.Encode(bytes[PrefixSize..]);
        if (writer.BytesWritten > KeptSize)
            return;
        writer.Reset();
        t_writer = writer;
    }

    internal static Frame ReadItem(CborReader reader)
    {
        var length = reader.ReadStartArray();
        var type = (FrameType)reader.ReadInt32();
        if (!Readers.TryGetValue(type, out var known))
            throw new ProtocolException(ErrorCode.UnknownFrameType, $"Unknown frame type {(int)type}.");
        if (length != 1 + known.Fields)
            throw CborFields.Malformed($"{type} has {known.Fields} fields behind its type, not {length - 1}");
        var frame = known.Read(reader);
        reader.ReadEndArray();
        return frame;
    }
}
