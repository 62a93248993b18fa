using System.Security.Cryptography;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Groups;

// SHA-256("Skytale 1.0 Applied" || group_id[32] || uint64 epoch || epoch_authenticator)

/// <summary>
/// Says which epoch_authenticator a member has in an epoch (RFC 9420 §8.7) without telling it: members whose hashes differ are
/// in different groups.
/// </summary>
public static class AppliedHash
{
    /// <summary>The hash of an epoch of a group; 32 bytes.</summary>
    /// <param name="epochAuthenticator">KDF.Nh bytes.</param>
    public static Opaque Compute(Opaque groupId, Epoch epoch, ReadOnlySpan<byte> epochAuthenticator)
    {
        using var writer = new TlsWriter();
        writer.WriteFixed("Skytale 1.0 Applied"u8);
        writer.WriteFixed(groupId.Span);
        writer.WriteUInt64(epoch.Value);
        writer.WriteFixed(epochAuthenticator);
        return new Opaque(SHA256.HashData(writer.WrittenSpan));
    }
}
