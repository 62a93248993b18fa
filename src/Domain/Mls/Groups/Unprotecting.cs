using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Groups;

/// <summary>§6.3: a PrivateMessage to application data, in the present epoch or in one that is past.</summary>
internal static class Unprotecting
{
    public static UnprotectedMessage Unprotect(IReadableEpoch epoch, PrivateMessage message)
    {
        epoch.CheckReadable(message);
        if (message.ContentType != ContentType.Application)
            throw new MlsException(MlsError.WrongWireFormat, $"{message.ContentType} where application data is expected");

        using var opened = OpenedPrivateMessage.Open(epoch, message);
        var verified = opened.Content.Verify(epoch.Suite, epoch.Context, opened.Sender.SignatureKey);

        // Authentic: only now is the key consumed and deleted (§9.2), so that a forgery cannot use it up.
        opened.Key.Take();
        var data = ((ApplicationBody)verified.Content.Body).Data;
        return new UnprotectedMessage(opened.SenderData.Leaf, opened.Sender.Credential, opened.SenderData.Generation, message.AuthenticatedData, Secret.Copy(data.Span));
    }
}
