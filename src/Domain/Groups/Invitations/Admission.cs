using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Groups.Invitations;

// struct {
//     uint8 kind = 1;
//     opaque invitation_id[32];
// } Admission;

/// <summary>
/// The authenticated_data (RFC 9420 §6) of a commit that adds an agent by an invitation: so everybody who follows the channel
/// counts the same uses. A commit that says nothing there, or something of another kind, uses none.
/// </summary>
public sealed record Admission(InvitationId Invitation) : IWireStruct<Admission>
{
    private const byte Kind = 1;

    /// <summary>What a commit's authenticated_data says; null where that is no admission.</summary>
    /// <exception cref="Mls.MlsException">It begins as one and is none.</exception>
    public static Admission? In(Opaque authenticatedData) =>
        authenticatedData.IsEmpty || authenticatedData.Span[0] != Kind ? null : Tls.Decode<Admission>(authenticatedData);

    /// <inheritdoc/>
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8(Kind);
        writer.WriteFixed(Invitation.ToBytes());
    }

    /// <inheritdoc/>
    public static Admission ReadFrom(ref TlsReader reader)
    {
        reader.ReadUInt8();
        return new Admission(InvitationId.FromBytes(reader.ReadFixed(InvitationId.Size).Span));
    }
}
