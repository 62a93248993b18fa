using System.Collections.Immutable;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>All that a relay must know to go on with a channel behind its newest commit; it follows from the commits alone.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint8 version = 4;
///     opaque group_info&lt;V&gt;;         MLSMessage(GroupInfo) of the epoch, with the ratchet tree
///     StoredStay stays&lt;V&gt;;
///     TentativeCommit tentative&lt;V&gt;; oldest first
///     AppliedReport reports&lt;V&gt;;     oldest first
///     StoredAgent barred&lt;V&gt;;
///     VoidedCommit voided&lt;V&gt;;      oldest first
///     StoredLeave leaves&lt;V&gt;;       in their order
/// } ChannelState;
/// </code>
/// </remarks>
/// <param name="GroupInfo">MLSMessage(GroupInfo) of the current epoch, with the ratchet tree: the public group is built from it.</param>
/// <param name="Stays">The last stay of each agent that is or was a member.</param>
/// <param name="Tentative">Commits that may still be voided; each ends the epoch that the one before it led to.</param>
/// <param name="Reports">What members said of the newest epochs.</param>
/// <param name="Barred">Whose commits were voided in this epoch.</param>
/// <param name="Voided">The newest commits that were voided.</param>
/// <param name="Leaves">Proposals to leave, of the current epoch.</param>
public sealed record ChannelState(
    Opaque GroupInfo, ImmutableArray<StoredStay> Stays, ImmutableArray<TentativeCommit> Tentative, ImmutableArray<AppliedReport> Reports, ImmutableArray<StoredAgent> Barred,
    ImmutableArray<VoidedCommit> Voided, ImmutableArray<StoredLeave> Leaves)
    : IWireStruct<ChannelState>
{
    private const byte Version = 4;
    private const byte VersionWithoutLeaves = 3;
    private const byte VersionWithoutVoided = 2; // Its tentative commits are of another form; they stand.
    private const byte VersionWithoutReports = 1; // The first two fields alone.

    /// <summary>Of a channel in which nothing has happened yet.</summary>
    public ChannelState(Opaque groupInfo, ImmutableArray<StoredStay> stays)
        : this(groupInfo, stays, [], [], [], [], [])
    {
    }

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8(Version);
        writer.WriteOpaque(GroupInfo);
        writer.WriteVector(Stays);
        writer.WriteVector(Tentative);
        writer.WriteVector(Reports);
        writer.WriteVector(Barred);
        writer.WriteVector(Voided);
        writer.WriteVector(Leaves);
    }

    /// <exception cref="MlsException"><see cref="MlsError.UnknownEnumValue"/> and others: not what <see cref="WriteTo"/> wrote.</exception>
    public static ChannelState ReadFrom(ref TlsReader reader)
    {
        var version = reader.ReadUInt8();
        if (version is not (Version or VersionWithoutLeaves or VersionWithoutVoided or VersionWithoutReports))
            throw new MlsException(MlsError.UnknownEnumValue, $"a channel's state of version {version}");
        var (groupInfo, stays) = (reader.ReadOpaque(), reader.ReadVector<StoredStay>());
        if (version == VersionWithoutReports)
            return new ChannelState(groupInfo, stays);
        ImmutableArray<TentativeCommit> tentative = [];
        if (version == VersionWithoutVoided)
            reader.ReadOpaque();
        else
            tentative = reader.ReadVector<TentativeCommit>();
        var (reports, barred) = (reader.ReadVector<AppliedReport>(), reader.ReadVector<StoredAgent>());
        ImmutableArray<VoidedCommit> voided = version == VersionWithoutVoided ? [] : reader.ReadVector<VoidedCommit>();
        return new ChannelState(groupInfo, stays, tentative, reports, barred, voided, version == Version ? reader.ReadVector<StoredLeave>() : []);
    }
}

/// <summary>A <see cref="Stay"/> at rest.</summary>
/// <remarks>
/// <code>
/// struct {
///     opaque public_key[32];
///     uint64 joined_after;
///     uint64 removed_at;            0: a member
/// } StoredStay;
/// </code>
/// </remarks>
public sealed record StoredStay(AgentId Agent, Sequence JoinedAfter, Sequence? RemovedAt) : IWireStruct<StoredStay>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteFixed(Agent.ToPublicKey());
        writer.WriteUInt64(JoinedAfter.Value);
        writer.WriteUInt64(RemovedAt?.Value ?? 0);
    }

    public static StoredStay ReadFrom(ref TlsReader reader)
    {
        var agent = AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span);
        var joined = new Sequence(reader.ReadUInt64());
        return new StoredStay(agent, joined, reader.ReadUInt64() is > 0 and var removed ? new Sequence(removed) : null);
    }
}
