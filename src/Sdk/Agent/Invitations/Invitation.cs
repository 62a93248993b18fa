using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Skytale.Agent.Invitations;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Sdk;

// struct {
//     uint8 version = 1;
//     opaque relay<V>;             // the relay's name: 1 to 255 visible ASCII characters
//     opaque channel_id[32];
//     opaque inviter[32];          // the Ed25519 key that its did:key spells
//     uint64 expires_at;           // seconds since 1970-01-01T00:00:00Z
//     uint32 max_uses;             // from 1
//     optional<opaque[32]> for;    // the key of the only agent that may use it
//     opaque secret[32];
//     opaque checksum[4];          // the first bytes of SHA-256 of everything before it: against typing errors
// } Invitation;
//
// Its text: "skt_inv_", then the structure in base64url without padding (RFC 4648 §5).

/// <summary>
/// An invitation to a channel. Unless it names an agent, whoever has its text can join by it: it is a secret, to be sent by a way
/// that only the invited reads. Only <see cref="Reveal"/> shows it.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Invitation : IDisposable
{
    /// <summary>What the text begins with.</summary>
    public const string Prefix = "skt_inv_";

    internal const int SecretSize = 32;

    private const byte Version = 1;
    private const int ChecksumSize = 4;
    private const int MaxRelay = 255;
    private const int MaxText = 1024;

    internal Invitation(string relay, ChannelId channel, AgentId inviter, DateTimeOffset expiresAt, int maxUses, AgentId? invited, Secret secret)
    {
        (Relay, Channel, Inviter, ExpiresAt, MaxUses, For, Secret) = (relay, channel, inviter, expiresAt, maxUses, invited, secret);
        using var keys = InvitationKeys.Of(secret);
        Id = keys.Id;
    }

    /// <summary>What the relay and the channel's members know it by; no secret.</summary>
    public InvitationId Id { get; }

    /// <summary>The name of the relay that the channel is at.</summary>
    public string Relay { get; }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The member that made it.</summary>
    public AgentId Inviter { get; }

    /// <summary>When it ends, to the second.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>How many agents may join by it.</summary>
    public int MaxUses { get; }

    /// <summary>The only agent that may join by it; null: whoever has it.</summary>
    public AgentId? For { get; }

    internal Secret Secret { get; }

    /// <summary>Reads an invitation's text; spaces around it are no part of it.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>: it is none, or was mistyped.</exception>
    public static Invitation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(text.Trim(), out var invitation) is { } wrong
            ? throw new SkytaleException(SkytaleError.InvalidArgument, wrong, "Copy the whole text that the inviter was given, and nothing else.")
            : invitation!;
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Invitation? invitation)
    {
        invitation = null;
        return text is not null && TryRead(text.Trim(), out invitation) is null;
    }

    /// <summary>The text, which is the secret. A string cannot be zeroed.</summary>
    public string Reveal()
    {
        using var encoded = Encode();
        return Prefix + Base64Url.EncodeToString(encoded.Span);
    }

    /// <summary>Which, to where, from whom; never the secret.</summary>
    public override string ToString() => $"Invitation {Id.ToString()[..12]} to channel {Channel} by {Inviter}, until {ExpiresAt:u}";

    /// <summary>Zeroes the secret.</summary>
    public void Dispose() => Secret.Dispose();

    /// <summary>The structure.</summary>
    internal Secret Encode()
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        writer.WriteOpaque(Encoding.ASCII.GetBytes(Relay));
        writer.WriteFixed(Channel.Bytes.Span);
        writer.WriteFixed(Inviter.ToPublicKey());
        writer.WriteUInt64((ulong)ExpiresAt.ToUnixTimeSeconds());
        writer.WriteUInt32((uint)MaxUses);
        writer.WriteOptionalAgent(For);
        writer.WriteFixed(Secret.Span);
        writer.WriteFixed(ChecksumOf(writer.WrittenSpan));
        return Mls.Crypto.Secret.Copy(writer.WrittenSpan);
    }

    /// <summary>Reads the structure.</summary>
    /// <exception cref="MlsException">It is none.</exception>
    internal static Invitation Decode(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        try
        {
            var reader = new TlsReader(copy);
            var version = reader.ReadUInt8();
            if (version != Version)
                throw new MlsException(MlsError.UnsupportedVersion, $"an invitation of version {version}");
            var relay = Encoding.ASCII.GetString(reader.ReadOpaque().Span);
            var channel = new ChannelId(reader.ReadFixed(ChannelId.Size).Span.ToArray());
            var inviter = AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span);
            var expiresAt = reader.ReadUInt64();
            var uses = reader.ReadUInt32();
            var invited = reader.ReadOptionalAgent();
            var secret = reader.ReadFixed(SecretSize);
            var checksum = ChecksumOf(copy.AsSpan(0, reader.Position));
            var isWhole = reader.ReadFixed(ChecksumSize).Span.SequenceEqual(checksum);
            reader.ExpectEnd();
            if (!isWhole || relay.Length is 0 or > MaxRelay || relay.Any(c => c is <= ' ' or > '~') || uses is 0 or > int.MaxValue || expiresAt > MaxExpiry)
                throw new MlsException(MlsError.InvalidState, "an invitation whose fields or checksum do not fit");
            return new Invitation(relay, channel, inviter, DateTimeOffset.FromUnixTimeSeconds((long)expiresAt), (int)uses, invited, Mls.Crypto.Secret.Copy(secret.Span));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    private static ulong MaxExpiry => (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>What is wrong with the text; null: nothing. One structure has one text.</summary>
    private static string? TryRead(string text, out Invitation? invitation)
    {
        invitation = null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return $"This is no invitation: one begins with {Prefix}.";
        if (text.Length > MaxText || !Base64Url.IsValid(text.AsSpan(Prefix.Length)))
            return "The invitation has letters that none has, or is too long.";
        var bytes = Base64Url.DecodeFromChars(text.AsSpan(Prefix.Length));
        try
        {
            var read = Decode(bytes);
            if (read.Reveal() != text)
            {
                read.Dispose();
                return "The invitation is not written as it was given out.";
            }
            invitation = read;
            return null;
        }
        catch (MlsException e) when (e.Error == MlsError.UnsupportedVersion)
        {
            return "The invitation is of a newer version than this program knows.";
        }
        catch (MlsException)
        {
            return "The invitation is incomplete or mistyped: its checksum does not fit.";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static ReadOnlySpan<byte> ChecksumOf(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, ChecksumSize);
}
