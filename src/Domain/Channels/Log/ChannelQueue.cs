using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>How far a stored channel's members are, without its group.</summary>
/// <param name="Members">Those that are members now, the furthest behind first.</param>
public sealed record ChannelQueue(ChannelId Id, Sequence Head, IReadOnlyList<MemberCursor> Members)
{
    /// <exception cref="Mls.MlsException">What is stored is not what this code wrote.</exception>
    public static ChannelQueue Of(StoredChannel stored)
    {
        var members = Tls.Decode<ChannelState>(new Opaque(stored.State)).Stays.Where(stay => stay.RemovedAt is null)
            .Select(stay => Cursor(stay, stored.Acknowledged.GetValueOrDefault(stay.Agent), stored.Last));
        return new ChannelQueue(stored.Record.Id, stored.Last, [.. members.OrderByDescending(member => member.Lag).ThenBy(member => member.Agent.ToString(), StringComparer.Ordinal)]);
    }

    private static MemberCursor Cursor(StoredStay stay, Sequence acknowledged, Sequence head)
    {
        var cursor = acknowledged > stay.JoinedAfter ? acknowledged : stay.JoinedAfter;
        return new MemberCursor(stay.Agent, cursor, head > cursor ? head.Value - cursor.Value : 0);
    }
}

/// <summary>How far a member is.</summary>
/// <param name="Cursor">Everything up to here it has acknowledged, or it joined behind it.</param>
/// <param name="Lag">Entries from there to the newest.</param>
public sealed record MemberCursor(AgentId Agent, Sequence Cursor, ulong Lag);
