namespace Skytale.Protocol.Frames;

/// <summary>The first element of every frame. Numbers are never reused.</summary>
public enum FrameType
{
    Hello = 1,
    Challenge = 2,
    Proof = 3,
    Ready = 4,
    Refused = 5,
    ProxyHello = 6,
    GoAway = 7,

    CreateChannel = 10,
    ChannelCreated = 11,
    UploadKeyPackage = 12,
    KeyPackageStored = 13,
    AddMember = 14,
    MemberKeyPackage = 15,
    SendCommit = 16,
    SendWelcome = 17,
    SendMessage = 18,
    Accepted = 19,
    Applied = 20,
    CommitRejected = 21,
    AskReAdding = 22,
    GetGroupInfo = 23,
    CurrentGroupInfo = 24,

    DeliverWelcome = 30,
    AcknowledgeWelcome = 31,
    Subscribe = 32,
    Subscribed = 33,
    DeliverMessage = 34,
    DeliverCommit = 35,
    Acknowledge = 36,
    Gap = 37,
    DeliverApplied = 38,
    CommitVoided = 39,
    DeliverReAdding = 40,

    OpenLink = 50,
    LinkOpened = 51,
    SubscribeName = 52,
    UnsubscribeName = 53,
    NameAccepted = 54,
    PublishEnvelope = 55,
    DeliverEnvelope = 56,
}
