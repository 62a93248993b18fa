using System.Buffers;
using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§6.3.1: application data to a PrivateMessage.</summary>
internal static class Protecting
{
    public static PrivateMessage Protect(MlsGroup group, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> authenticatedData, int paddingTo, FillRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(paddingTo);
        group.CheckNotEnded();
        var context = group.Public.Context;

        // The content refers to memory, the caller gave a span: a pooled copy, zeroed when it is given back.
        var pooled = ArrayPool<byte>.Shared.Rent(plaintext.Length);
        try
        {
            plaintext.CopyTo(pooled);
            var body = new ApplicationBody(new Opaque(pooled.AsMemory(0, plaintext.Length)));
            var content = new FramedContent(context.GroupId, context.Epoch, Sender.Member(group.OwnLeaf), Opaque.Copy(authenticatedData), body);
            var signed = AuthenticatedContent.Sign(group.Suite, WireFormat.PrivateMessage, content, context, group.Signer.PrivateKey);

            // §9.2: the key is deleted with its one use.
            using var key = group.Sending.NextApplication(group.Suite);
            return new PrivateMessageCipher(group.Suite, group.Secrets.SenderData).Seal(signed, key, paddingTo, random);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pooled.AsSpan(0, plaintext.Length));
            ArrayPool<byte>.Shared.Return(pooled);
        }
    }
}
