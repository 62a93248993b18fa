using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.Sdk;

namespace Skytale.Agent;

/// <summary>Refusals and foreign exceptions as the application meets them: the one switch.</summary>
public static class Failures
{
    /// <summary>A refusal by the service.</summary>
    public static SkytaleException ToException(this Refusal refusal) => refusal.Code switch
    {
        ErrorCode.InvalidToken or ErrorCode.ExpiredToken or ErrorCode.InvalidCredentials or ErrorCode.WrongAudience or ErrorCode.InvalidProof or ErrorCode.Revoked =>
            new SkytaleException(SkytaleError.NotAuthenticated, refusal.Detail, "Check the API key and the agent's registration.", refusal.Code),
        ErrorCode.NotAMember or ErrorCode.TooFarBehind =>
            new SkytaleException(SkytaleError.NotAMember, refusal.Detail, "Ask a member to add this agent.", refusal.Code),
        ErrorCode.InvitationOver => new SkytaleException(SkytaleError.Refused, refusal.Detail, "Ask a member of the channel for another invitation.", refusal.Code),
        ErrorCode.ChannelClosed => new SkytaleException(SkytaleError.Refused, refusal.Detail, "Ask whoever runs the service; another channel can be made.", refusal.Code),
        ErrorCode.OwnerNeeded => new SkytaleException(SkytaleError.Refused, refusal.Detail, "Make another member owner first.", refusal.Code),
        ErrorCode.InvalidProposal => new SkytaleException(SkytaleError.Refused, refusal.Detail, "That member renews its keys first, with a version that knows leaving.", refusal.Code),
        _ => new SkytaleException(SkytaleError.Refused, refusal.Detail, "", refusal.Code),
    };

    /// <summary>A failure of the transport or of the protocol.</summary>
    public static SkytaleException ToSkytale(this Exception exception) => exception switch
    {
        SkytaleException known => known,
        TransportException { Error: TransportError.Unreachable } e =>
            new SkytaleException(SkytaleError.ServerUnreachable, e.Message, "Check that the server runs, and that UDP for QUIC or TCP for TLS reaches its port.", inner: e),
        TransportException { Error: TransportError.CertificateRefused } e =>
            new SkytaleException(SkytaleError.CertificateMismatch, e.Message, "Check the server's address and fingerprint; somebody may stand in between.", inner: e),
        TransportException { Error: TransportError.NotInstalled } e => new SkytaleException(SkytaleError.NotInstalled, e.Message, "", inner: e),
        TransportException e => new SkytaleException(SkytaleError.ConnectionLost, e.Message, "Try again: a repeat has no second effect.", inner: e),
        ProtocolException e => new SkytaleException(SkytaleError.ProtocolViolation, e.Message, "The server is not a Skytale relay of this version.", e.Code, e),
        _ => throw new InvalidOperationException("Not a failure of the relay.", exception),
    };
}
