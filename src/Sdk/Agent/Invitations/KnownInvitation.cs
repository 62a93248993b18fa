using System.Collections.Immutable;
using System.Security.Cryptography;
using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

// struct {
//     opaque invitation_id[32];    // its Ed25519 public key
//     opaque inviter[32];
//     uint64 expires_at;           // seconds since 1970-01-01T00:00:00Z
//     uint32 max_uses;
//     optional<opaque[32]> for;
//     opaque mac_key[32];
//     opaque signature[64];        // the inviter's identity key's under the label Invitation: channel_id, then the fields above
//     uint8 is_revoked;            // 0 or 1
//     InvitationUse used_by<V>;
// } KnownInvitation;
//
// struct {
//     opaque agent[32];
//     uint64 epoch;                // the one that the admitting commit ended
// } InvitationUse;

/// <summary>
/// An invitation as members know it, and tell one another: with what checks a request and what proves the group to the joiner,
/// without the secret. The inviter's signature lets any member pass it on.
/// </summary>
internal sealed class KnownInvitation : IDisposable
{
    private const int SignatureSize = 64;
    private const int KeySize = 32;

    public required InvitationId Id { get; init; }

    public required AgentId Inviter { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required int MaxUses { get; init; }

    public required AgentId? For { get; init; }

    public required Secret MacKey { get; init; }

    private ReadOnlyMemory<byte> Signature { get; set; }

    public bool IsRevoked { get; set; }

    /// <summary>Who has joined by it, each once.</summary>
    public ImmutableDictionary<AgentId, Epoch> UsedBy { get; set; } = ImmutableDictionary<AgentId, Epoch>.Empty;

    public int UsesLeft => MaxUses - UsedBy.Count;

    public bool IsLive(DateTimeOffset now) => !IsRevoked && UsesLeft > 0 && now < ExpiresAt;

    /// <summary>What the inviter tells the others.</summary>
    public static KnownInvitation Of(Invitation invitation, InvitationKeys keys, IdentityKey inviter)
    {
        var known = new KnownInvitation
        {
            Id = invitation.Id,
            Inviter = invitation.Inviter,
            ExpiresAt = invitation.ExpiresAt,
            MaxUses = invitation.MaxUses,
            For = invitation.For,
            MacKey = Secret.Copy(keys.Mac.Span),
        };
        using var terms = known.Terms(invitation.Channel);
        known.Signature = inviter.Sign(LabeledContent.Invitation, terms.WrittenSpan);
        return known;
    }

    /// <summary>True when the inviter has signed it for this channel.</summary>
    public bool IsGenuine(ChannelId channel)
    {
        using var terms = Terms(channel);
        return LabeledContent.Verify(Inviter, LabeledContent.Invitation, terms.WrittenSpan, Signature.Span);
    }

    public InvitationInfo ToInfo() => new(Id, Inviter, ExpiresAt, MaxUses, [.. UsedBy.OrderBy(use => use.Value).Select(use => use.Key)], For);

    /// <summary>The structure.</summary>
    public Secret Encode()
    {
        using var writer = new TlsWriter();
        WriteTerms(writer);
        writer.WriteFixed(Signature.Span);
        writer.WriteUInt8(IsRevoked ? (byte)1 : (byte)0);
        var uses = writer.BeginVector();
        foreach (var (agent, epoch) in UsedBy)
        {
            writer.WriteAgent(agent);
            writer.WriteUInt64(epoch.Value);
        }
        writer.EndVector(uses);
        return Secret.Copy(writer.WrittenSpan);
    }

    /// <exception cref="MlsException">It is none.</exception>
    public static KnownInvitation Decode(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        try
        {
            var reader = new TlsReader(copy);
            var known = ReadTerms(ref reader);
            known.Signature = reader.ReadFixed(SignatureSize).Span.ToArray();
            known.IsRevoked = reader.ReadPresence();
            var uses = reader.ReadVectorReader();
            while (uses.Remaining > 0)
                known.UsedBy = known.UsedBy.SetItem(uses.ReadAgent(), new Epoch(uses.ReadUInt64()));
            reader.ExpectEnd();
            return known;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(copy);
        }
    }

    public void Dispose() => MacKey.Dispose();

    private TlsWriter Terms(ChannelId channel)
    {
        var writer = new TlsWriter();
        writer.WriteFixed(channel.Bytes.Span);
        WriteTerms(writer);
        return writer;
    }

    private void WriteTerms(TlsWriter writer)
    {
        writer.WriteFixed(Id.ToBytes());
        writer.WriteAgent(Inviter);
        writer.WriteUInt64((ulong)ExpiresAt.ToUnixTimeSeconds());
        writer.WriteUInt32((uint)MaxUses);
        writer.WriteOptionalAgent(For);
        writer.WriteFixed(MacKey.Span);
    }

    private static KnownInvitation ReadTerms(ref TlsReader reader)
    {
        var id = InvitationId.FromBytes(reader.ReadFixed(InvitationId.Size).Span);
        var inviter = reader.ReadAgent();
        var expiresAt = (long)Math.Min(reader.ReadUInt64(), (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        var maxUses = (int)Math.Min(reader.ReadUInt32(), int.MaxValue);
        return new KnownInvitation
        {
            Id = id,
            Inviter = inviter,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt),
            MaxUses = maxUses,
            For = reader.ReadOptionalAgent(),
            MacKey = Secret.Copy(reader.ReadFixed(KeySize).Span),
        };
    }
}
