using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;

namespace Skytale.Agent.Invitations;

// opaque admission_mac[32];    // HMAC-SHA-256(MAC key, SHA-256(GroupContext) || KeyPackageRef)

/// <summary>
/// The GroupInfo extension of a Welcome by an invitation: only who knows the invitation can say of a group, in this epoch, that
/// this joiner was invited to it. A relay, which knows the KeyPackage, cannot show a group of its own making. Its type is in RFC
/// 9420's private range (§17.3).
/// </summary>
internal static class AdmissionMac
{
    public const ExtensionType Type = (ExtensionType)0xf5c2;

    private const int Size = 32;

    /// <summary>The extension for a joiner.</summary>
    public static Extension For(Secret key, GroupContext context, Opaque keyPackageRef)
    {
        Span<byte> mac = stackalloc byte[Size];
        Compute(key, context, keyPackageRef, mac);
        return new Extension(Type, Opaque.Copy(mac));
    }

    /// <summary>True when the GroupInfo has the right one.</summary>
    public static bool IsRight(Secret key, GroupInfo groupInfo, Opaque keyPackageRef)
    {
        Span<byte> mac = stackalloc byte[Size];
        Compute(key, groupInfo.GroupContext, keyPackageRef, mac);
        return groupInfo.Extensions.Find(Type) is { } given && ConstantTime.Equal(given.Span, mac);
    }

    private static void Compute(Secret key, GroupContext context, Opaque keyPackageRef, Span<byte> mac)
    {
        using var writer = new TlsWriter();
        writer.WriteFixed(SHA256.HashData(context.Encode().Span));
        writer.WriteFixed(keyPackageRef.Span);
        HMACSHA256.HashData(key.Span, writer.WrittenSpan, mac);
    }
}
