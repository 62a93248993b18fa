using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A request to join that waits for a member.</summary>
/// <param name="Number">Grows from request to request, over all channels.</param>
/// <param name="Reference">The KeyPackage's (RFC 9420 §5.2).</param>
/// <param name="Encoded">DeliverJoinRequest, with its length; one copy for all members.</param>
internal sealed record HeldRequest(ulong Number, InvitationId Invitation, AgentId Joiner, Opaque Reference, ReadOnlyMemory<byte> Encoded);
