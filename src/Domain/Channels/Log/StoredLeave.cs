using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A member's wish to leave that no commit has carried out yet, at rest.</summary>
/// <remarks>
/// <code>
/// struct {
///     opaque public_key[32];
///     uint64 sequence;
///     opaque proposal&lt;V&gt;;      MLSMessage(PublicMessage), as it was sent
/// } StoredLeave;
/// </code>
/// </remarks>
/// <param name="Sequence">Its place in the order.</param>
public sealed record StoredLeave(AgentId Agent, Sequence Sequence, Opaque Proposal) : IWireStruct<StoredLeave>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteFixed(Agent.ToPublicKey());
        writer.WriteUInt64(Sequence.Value);
        writer.WriteOpaque(Proposal);
    }

    public static StoredLeave ReadFrom(ref TlsReader reader) => new(
        AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span), new Sequence(reader.ReadUInt64()), reader.ReadOpaque());
}
