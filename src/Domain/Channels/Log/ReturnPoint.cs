using System.Collections.Immutable;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>The channel as it was before a commit, kept until the commit stands or is void.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint8 version = 2;
///     opaque group_info&lt;V&gt;;    MLSMessage(GroupInfo) of the epoch that the commit ended
///     StoredStay stays&lt;V&gt;;     in that epoch
///     StoredAgent barred&lt;V&gt;;   from committing in that epoch
///     StoredAgent removed&lt;V&gt;;  by the commit
///     StoredLeave leaves&lt;V&gt;;   proposals to leave, of that epoch
/// } ReturnPoint;
/// </code>
/// </remarks>
public sealed record ReturnPoint(Opaque GroupInfo, ImmutableArray<StoredStay> Stays, ImmutableArray<StoredAgent> Barred, ImmutableArray<StoredAgent> Removed, ImmutableArray<StoredLeave> Leaves)
    : IWireStruct<ReturnPoint>
{
    private const byte Version = 2;
    private const byte VersionWithoutLeaves = 1;

    /// <summary>True for a member of that epoch whom the commit leaves in the group: it is one of those who can say that the commit fails.</summary>
    public bool IsFollowedBy(AgentId agent) =>
        Stays.Any(stay => stay.Agent == agent && stay.RemovedAt is null) && !Removed.Contains(new StoredAgent(agent));

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt8(Version);
        writer.WriteOpaque(GroupInfo);
        writer.WriteVector(Stays);
        writer.WriteVector(Barred);
        writer.WriteVector(Removed);
        writer.WriteVector(Leaves);
    }

    /// <exception cref="MlsException"><see cref="MlsError.UnknownEnumValue"/> and others: not what <see cref="WriteTo"/> wrote.</exception>
    public static ReturnPoint ReadFrom(ref TlsReader reader)
    {
        var version = reader.ReadUInt8();
        return version is Version or VersionWithoutLeaves
            ? new ReturnPoint(
                reader.ReadOpaque(), reader.ReadVector<StoredStay>(), reader.ReadVector<StoredAgent>(), reader.ReadVector<StoredAgent>(),
                version == Version ? reader.ReadVector<StoredLeave>() : [])
            : throw new MlsException(MlsError.UnknownEnumValue, $"a return point of version {version}");
    }
}
