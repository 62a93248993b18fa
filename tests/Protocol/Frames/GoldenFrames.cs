using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Tests.Frames;

/// <summary>One frame or more of every type, and the bytes that each must have on the wire.</summary>
internal static class GoldenFrames
{
    public static readonly AgentId Agent = AgentId.FromPublicKey(Convert.FromHexString("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"));
    public static readonly ChannelId Channel = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    public static readonly MessageId Message = MessageId.FromBytes([.. Enumerable.Range(0xa0, 16).Select(i => (byte)i)]);

    public static readonly InvitationId Invitation = InvitationId.FromBytes(Filled(0xab, 32));

    private static readonly byte[] Welcome = Mls(3, 0xcc, 4);
    private static readonly byte[] GroupInfo = Mls(4, 0xbb, 4);
    private static readonly byte[] KeyPackage = Mls(5, 0xdd, 4);
    private static readonly byte[] Commit = Mls(1, 0xee, 30);
    private static readonly byte[] Ciphertext = Mls(2, 0xff, 300);

    private static readonly SlimName Alice = new(1, 2, 3, new SlimNameId(4, ulong.MaxValue), new SlimNameText("org", "ns", "alice"));
    private static readonly SlimName Room = new(ulong.MaxValue, 24, 256, null, null);

    // Every field that may be left out is there in the first, and is not in the second.
    private static readonly Envelope FullEnvelope = new()
    {
        Source = Alice,
        Destination = Room,
        Fanout = 256,
        Ttl = 8,
        Version = "1.0",
        IsError = false,
        HeaderSignature = Filled(0x88, 3),
        Session = new SessionHeader(1, 20, 3_000_000_000, uint.MaxValue),
        ContentKind = ContentKind.Application,
        PayloadType = "msg",
        Content = Filled(0x99, 30),
        Metadata = new Dictionary<string, string> { ["longer"] = "", ["b"] = "2", ["a"] = "1" },
        Unknown = new Dictionary<EnvelopePart, ReadOnlyMemory<byte>> { [EnvelopePart.DestinationText] = Filled(0xaa, 2), [EnvelopePart.Message] = Filled(0xbb, 1) },
    };

    private static readonly Envelope BareEnvelope = new() { Source = Alice, Destination = Room };

    /// <summary>The frames by the names that the file gives them.</summary>
    public static readonly IReadOnlyDictionary<string, Frame> ByName = new Dictionary<string, Frame>
    {
        ["hello"] = new Hello("a.b.c", Agent, "relay.example", Filled(0x11, 32)),
        ["challenge"] = new Challenge(Filled(0x22, 32)),
        ["proof"] = new Proof(Filled(0x33, 64)),
        ["ready"] = new Ready("relay.example", FrameCodec.MaxFrameSize),
        ["refused"] = new Refused(new RequestId(7), ErrorCode.StaleEpoch, "The channel is in epoch 9.", 9),
        ["refused-without-epoch"] = new Refused(new RequestId(0), ErrorCode.InvalidProof, "The proof is not the agent's.", null),
        ["create-channel"] = new CreateChannel(new RequestId(1), Name("acme/ops/alerts"), GroupInfo, Welcome),
        ["channel-created"] = new ChannelCreated(new RequestId(1), Channel, Welcome),
        ["upload-key-package"] = new UploadKeyPackage(new RequestId(23), KeyPackage),
        ["key-package-stored"] = new KeyPackageStored(new RequestId(24), 100),
        ["add-member"] = new AddMember(new RequestId(255), Channel, Agent),
        ["member-key-package"] = new MemberKeyPackage(new RequestId(256), KeyPackage),
        ["send-commit"] = new SendCommit(new RequestId(65_535), Channel, Commit, GroupInfo, new SendWelcome(Welcome)),
        ["send-commit-without-welcome"] = new SendCommit(new RequestId(65_536), Channel, Commit, GroupInfo, null),
        ["send-message"] = new SendMessage(new RequestId(uint.MaxValue), Channel, Message, Ciphertext),
        ["accepted"] = new Accepted(new RequestId(uint.MaxValue), new Sequence(ulong.MaxValue)),
        ["deliver-welcome"] = new DeliverWelcome(Channel, Name("acme/ops/alerts"), new Sequence(1), Welcome),
        ["acknowledge-welcome"] = new AcknowledgeWelcome(Channel, new Sequence(1)),
        ["subscribe"] = new Subscribe(new RequestId(2), Channel, Sequence.Start),
        ["subscribed"] = new Subscribed(new RequestId(2), new Sequence(1UL << 32)),
        ["deliver-message"] = new DeliverMessage(Channel, new Sequence(24), Message, Ciphertext),
        ["deliver-commit"] = new DeliverCommit(Channel, new Sequence(25), Commit),
        ["acknowledge"] = new Acknowledge(new Sequence(65_536)),
        ["go-away"] = new GoAway(30_000),
        ["gap"] = new Gap(new Sequence(24)),
        ["applied"] = new Applied(new RequestId(8), Channel, 10, Filled(0x44, 32)),
        ["commit-rejected"] = new CommitRejected(new RequestId(9), Channel, 9, Filled(0x55, 32), RejectionReason.ConfirmationTag, Filled(0x66, 64)),
        ["ask-re-adding"] = new AskReAdding(new RequestId(10), Channel, 10, ReAddingReason.LostState, KeyPackage, Filled(0x77, 64)),
        ["get-group-info"] = new GetGroupInfo(new RequestId(11), Channel),
        ["current-group-info"] = new CurrentGroupInfo(new RequestId(11), 10, GroupInfo),
        ["deliver-applied"] = new DeliverApplied(Channel, new Sequence(26), 10, Filled(0x44, 32), Agent),
        ["commit-voided"] = new CommitVoided(Channel, new Sequence(27), 9, Filled(0x55, 32), RejectionReason.ConfirmationTag, Agent, Filled(0x66, 64)),
        ["proxy-hello"] = new ProxyHello(Agent, "relay.example", Filled(0x11, 32)),
        ["open-link"] = new OpenLink(new RequestId(1), "a.b.c"),
        ["open-link-without-token"] = new OpenLink(new RequestId(1), null),
        ["link-opened"] = new LinkOpened(new RequestId(1), ["acme", "org-two"]),
        ["link-opened-without-organizations"] = new LinkOpened(new RequestId(1), null),
        ["subscribe-name"] = new SubscribeName(new RequestId(2), new SubscriptionId(ulong.MaxValue), Alice, Room),
        ["unsubscribe-name"] = new UnsubscribeName(new RequestId(3), new SubscriptionId(24), Alice, Room),
        ["name-accepted"] = new NameAccepted(new RequestId(2)),
        ["publish-envelope"] = new PublishEnvelope(new PackedEnvelope(new(0, Alice), new(1, Room), new(0, "alice:token"), FullEnvelope)),
        ["publish-envelope-without-what-is-kept"] = new PublishEnvelope(new PackedEnvelope(new(0, null), new(255, null), new(31, null), BareEnvelope)),
        ["deliver-envelope"] = new DeliverEnvelope(new PackedEnvelope(new(24, Alice), new(1, null), new(0, null), FullEnvelope)),
        ["deliver-re-adding"] = new DeliverReAdding(Channel, new Sequence(28), 10, ReAddingReason.LostState, KeyPackage, Agent, Filled(0x77, 64)),
        ["announce-invitation"] = new AnnounceInvitation(new RequestId(12), Channel, Invitation, 1_800_000_000, 3),
        ["withdraw-invitation"] = new WithdrawInvitation(new RequestId(13), Channel, Invitation),
        ["send-join-request"] = new SendJoinRequest(new RequestId(14), Channel, Invitation, KeyPackage, Filled(0x99, 64)),
        ["withdraw-join-request"] = new WithdrawJoinRequest(new RequestId(15), Channel),
        ["done"] = new Done(new RequestId(16)),
        ["send-leave"] = new SendLeave(new RequestId(17), Channel, Filled(0xee, 40)),
        ["deliver-leave"] = new DeliverLeave(Channel, new Sequence(29), Filled(0xee, 40)),
        ["deliver-join-request"] = new DeliverJoinRequest(Channel, Invitation, KeyPackage, Agent, Filled(0x99, 64)),
    };

    /// <summary>The file's bytes by name, with the length in front.</summary>
    public static IReadOnlyDictionary<string, byte[]> Bytes { get; } = Resources.Lines("golden.txt")
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => Convert.FromHexString(parts[1]));

    public static TheoryData<string> Names => [.. ByName.Keys];

    /// <summary>The frame without its length.</summary>
    public static byte[] Body(string name) => Bytes[name][FrameCodec.PrefixSize..];

    private static ChannelName Name(string text) => ChannelName.TryParse(text, out var name) ? name : throw new ArgumentException(text);

    // An MLSMessage's version and wire format, and content that is only carried here.
    private static byte[] Mls(byte wireFormat, byte content, int length) => [0, 1, 0, wireFormat, .. Filled(content, length)];

    private static byte[] Filled(byte value, int length) => [.. Enumerable.Repeat(value, length)];
}
