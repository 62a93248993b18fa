namespace Skytale.Protocol;

/// <summary>
/// Why a request was refused: one table for the CBOR <c>Refused</c> frame (the number) and for problem+json (the
/// <see cref="ErrorCodeNames.Name">snake_case name</see>). Numbers are never reused.
/// </summary>
public enum ErrorCode
{
    // 1..99: the frame or the request itself is wrong.
    MalformedFrame = 1,
    FrameTooLarge = 2,
    UnknownFrameType = 3,
    UnexpectedFrame = 4,
    InvalidRequest = 5,
    Internal = 6,
    Unavailable = 7,
    RateLimited = 8,
    NotFound = 9,
    Conflict = 10,
    PayloadTooLarge = 11,

    // 100..199: who is asking.
    InvalidCredentials = 100,
    InvalidToken = 101,
    ExpiredToken = 102,
    WrongAudience = 103,
    InvalidProof = 104,
    Forbidden = 105,
    Revoked = 106,
    HandshakeTimeout = 107,
    OutOfScope = 108,
    AccountSuspended = 109,

    // 200..299: accounts, keys, agents.
    EmailTaken = 200,
    OrgTaken = 201,
    AgentNameTaken = 202,
    AgentKeyTaken = 203,
    UnknownAgent = 204,
    LimitReached = 205,

    // 300..399: channels, membership, messages.
    UnknownChannel = 300,
    ChannelIdTaken = 301,
    ChannelNameTaken = 302,
    NotAMember = 303,
    AlreadyAMember = 304,
    StaleEpoch = 305,
    InvalidCommit = 306,
    InvalidGroupInfo = 307,
    InvalidWelcome = 308,
    InvalidKeyPackage = 309,
    NoKeyPackage = 310,
    InvalidMessage = 311,
    NameNotOwned = 312,
    RequestIdReused = 313,
    TooFarBehind = 314,
    CommitVoided = 315,
    ChannelClosed = 316,
    UnknownInvitation = 317,
    InvitationOver = 318,
    InvalidJoinRequest = 319,
    RoleTooLow = 320,
    InvalidProposal = 321,
    OwnerNeeded = 322,
}
