using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Framing;

/// <summary>§6.2: what members alone can make and check on a PublicMessage.</summary>
internal static class MembershipTag
{
    /// <summary>A member's signed content as a PublicMessage.</summary>
    public static PublicMessage Protect(CipherSuite suite, AuthenticatedContent signed, GroupContext context, EpochSecrets secrets) =>
        new(signed.Content, signed.Auth, Compute(suite, signed, context, secrets));

    /// <exception cref="MlsException"><see cref="MlsError.InvalidMembershipTag"/>.</exception>
    public static void Verify(CipherSuite suite, PublicMessage message, GroupContext context, EpochSecrets secrets)
    {
        if (message.Content.Sender.Type != SenderType.Member)
            return;
        var expected = Compute(suite, message.Authenticated, context, secrets);
        if (message.MembershipTag is not { } tag || !ConstantTime.Equal(expected.Span, tag.Span))
            throw new MlsException(MlsError.InvalidMembershipTag);
    }

    // membership_tag = MAC(membership_key, AuthenticatedContentTBM)
    private static Opaque Compute(CipherSuite suite, AuthenticatedContent content, GroupContext context, EpochSecrets secrets)
    {
        using var tbm = new TlsWriter();
        FramedContentTbs.WriteTbm(tbm, content, context);
        return secrets.MembershipTag(suite, tbm.WrittenSpan);
    }
}
