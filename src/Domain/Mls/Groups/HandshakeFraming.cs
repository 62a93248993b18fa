using Skytale.Mls.Framing;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§6.2, §6.3: a member's signed proposal or commit into what travels.</summary>
internal static class HandshakeFraming
{
    public static MlsMessage Protect(MlsGroup group, AuthenticatedContent signed, FramingOptions framing, FillRandom random)
    {
        Check(framing);
        if (framing.WireFormat == WireFormat.PublicMessage)
            return new MlsMessage(MembershipTag.Protect(group.Suite, signed, group.Public.Context, group.Secrets));

        // §9.2: the key is deleted with its one use.
        using var key = group.Sending.NextHandshake(group.Suite);
        return new MlsMessage(new PrivateMessageCipher(group.Suite, group.Secrets.SenderData).Seal(signed, key, framing.PaddingTo, random));
    }

    /// <summary>Asked before anything is kept for a message that could not be sent.</summary>
    public static void Check(FramingOptions framing)
    {
        if (framing.WireFormat is not (WireFormat.PublicMessage or WireFormat.PrivateMessage))
            throw new ArgumentException($"a handshake message does not travel as {framing.WireFormat}", nameof(framing));
    }
}
