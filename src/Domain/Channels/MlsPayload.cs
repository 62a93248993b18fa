using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>What frames carry of MLS, parsed: each an MLSMessage of the one kind that its place takes.</summary>
internal static class MlsPayload
{
    // What is kept refers to a copy of its own bytes, not to the frame that it came in.
    public static Result<GroupInfo> GroupInfo(ReadOnlyMemory<byte> bytes) => Read(Opaque.Copy(bytes.Span), ErrorCode.InvalidGroupInfo, message => message.GroupInfo);

    public static Result<KeyPackage> KeyPackage(ReadOnlyMemory<byte> bytes) => Read(Opaque.Copy(bytes.Span), ErrorCode.InvalidKeyPackage, message => message.KeyPackage);

    public static Result<PublicMessage> Commit(ReadOnlyMemory<byte> bytes) =>
        Read(Opaque.Copy(bytes.Span), ErrorCode.InvalidCommit, message => message.PublicMessage is { Content.Body: CommitBody } commit ? commit : null);

    public static Result<PublicMessage> Proposal(ReadOnlyMemory<byte> bytes) =>
        Read(Opaque.Copy(bytes.Span), ErrorCode.InvalidProposal, message => message.PublicMessage is { Content.Body: ProposalBody } proposal ? proposal : null);

    public static Result<PrivateMessage> Message(ReadOnlyMemory<byte> bytes) =>
        Read(new Opaque(bytes), ErrorCode.InvalidMessage, message => message.PrivateMessage is { ContentType: ContentType.Application } application ? application : null);

    public static Result<Welcome> Welcome(ReadOnlyMemory<byte> bytes) => Read(new Opaque(bytes), ErrorCode.InvalidWelcome, message => message.Welcome);

    /// <summary>What RFC 9420 forbids, as a refusal that names the rule.</summary>
    public static Refusal Refused(ErrorCode code, MlsException broken) => new(code, $"The payload breaks RFC 9420: {broken.Message}.");

    private static Result<T> Read<T>(Opaque bytes, ErrorCode code, Func<MlsMessage, T?> pick) where T : class
    {
        try
        {
            return pick(Tls.Decode<MlsMessage>(bytes)) is { } payload ? payload : new Refusal(code, "The payload is an MLSMessage of another kind than its place takes.");
        }
        catch (MlsException broken)
        {
            return Refused(code, broken);
        }
    }
}
