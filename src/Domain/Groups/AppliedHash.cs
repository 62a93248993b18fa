using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;

namespace Skytale.Groups;

// SHA-256("Skytale 1.0 Applied" || group_id[32] || uint64 epoch || epoch_authenticator)

/// <summary>
/// Says which epoch_authenticator a member has in an epoch (RFC 9420 §8.7) without telling it: members whose hashes differ are
/// in different groups.
/// </summary>
public static class AppliedHash
{
    /// <summary>The hash of the epoch that the group is in; 32 bytes.</summary>
    public static Opaque Of(MlsGroup group)
    {
        using var authenticator = group.EpochAuthenticator;
        return Compute(group.GroupId, group.Epoch, authenticator.Span);
    }

    /// <param name="epochAuthenticator">KDF.Nh bytes.</param>
    internal static Opaque Compute(Opaque groupId, Epoch epoch, ReadOnlySpan<byte> epochAuthenticator)
    {
        using var writer = new TlsWriter();
        writer.WriteFixed("Skytale 1.0 Applied"u8);
        writer.WriteFixed(groupId.Span);
        writer.WriteUInt64(epoch.Value);
        writer.WriteFixed(epochAuthenticator);
        return new Opaque(SHA256.HashData(writer.WrittenSpan));
    }
}
