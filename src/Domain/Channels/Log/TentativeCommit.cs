using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>A commit that no other member has applied yet, and the channel as it was before it: where it fails at a member, the channel goes back.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint64 sequence;
///     opaque hash[32];
///     opaque committer[32];
///     opaque group_info&lt;V&gt;;    of the epoch that the commit ended
///     StoredStay stays&lt;V&gt;;     in that epoch
/// } TentativeCommit;
/// </code>
/// </remarks>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Hash">SHA-256 of the commit as it was sent; 32 bytes.</param>
public sealed record TentativeCommit(Sequence Sequence, Opaque Hash, AgentId Committer, Opaque GroupInfo, ImmutableArray<StoredStay> Stays) : IWireStruct<TentativeCommit>
{
    private const int HashSize = 32;

    /// <summary>True when the agent was a member in the epoch that the commit ended.</summary>
    public bool KnewAsMember(AgentId agent) => Stays.Any(stay => stay.Agent == agent && stay.RemovedAt is null);

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt64(Sequence.Value);
        writer.WriteFixed(Hash.Span);
        writer.WriteFixed(Committer.ToPublicKey());
        writer.WriteOpaque(GroupInfo);
        writer.WriteVector(Stays);
    }

    public static TentativeCommit ReadFrom(ref TlsReader reader) => new(
        new Sequence(reader.ReadUInt64()), reader.ReadFixed(HashSize), AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span),
        reader.ReadOpaque(), reader.ReadVector<StoredStay>());
}
