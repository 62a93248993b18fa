using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Groups.Invitations;

/// <summary>
/// What a request to join must be, whatever its invitation is worth: the same at the relay, which holds no other, and at the
/// members, who do not take the relay's word for it.
/// </summary>
public static class JoinRequestRules
{
    /// <summary>Bytes of a request's KeyPackage at most.</summary>
    public const int MaxKeyPackage = 16 << 10;

    /// <summary>Checks that the KeyPackage is the joiner's own, and that the invitation's key has signed for this joiner with it.</summary>
    /// <param name="encoded">MLSMessage(KeyPackage).</param>
    /// <param name="signature">64 bytes, over <see cref="JoinRequestContent"/>.</param>
    /// <returns>The KeyPackage; refuses <see cref="ErrorCode.InvalidKeyPackage"/>, <see cref="ErrorCode.InvalidJoinRequest"/>.</returns>
    public static Result<KeyPackage> Check(ChannelId channel, InvitationId invitation, AgentId joiner, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> signature, DateTimeOffset now)
    {
        if (encoded.Length > MaxKeyPackage)
            return new Refusal(ErrorCode.InvalidKeyPackage, $"The KeyPackage has {encoded.Length} bytes, of {MaxKeyPackage} at most.");
        if (Read(encoded) is not { } keyPackage)
            return new Refusal(ErrorCode.InvalidKeyPackage, "The request holds no KeyPackage.");
        var validated = AgentKeyPackages.Validate(keyPackage, joiner, now);
        if (!validated.IsSuccess)
            return validated.Refusal;
        var reference = keyPackage.Reference(CipherSuite.Get(keyPackage.CipherSuite));
        var content = new JoinRequestContent(channel, invitation, reference.Memory, joiner);
        return LabeledContent.Verify(invitation.ToBytes(), LabeledContent.JoinRequest, content.Encode(), signature.Span)
            ? keyPackage
            : new Refusal(ErrorCode.InvalidJoinRequest, "The request is not signed by the invitation's key for this agent and KeyPackage.");
    }

    private static KeyPackage? Read(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            return Tls.Decode<MlsMessage>(encoded.Span).KeyPackage;
        }
        catch (MlsException)
        {
            // Not even an MLSMessage: no KeyPackage either.
            return null;
        }
    }
}
