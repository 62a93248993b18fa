using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>
/// The ends of the channels that were written to lately, so that an append looks nothing up. Where room is made, what was not
/// written to since room was made last goes, and no other. The writer's thread only.
/// </summary>
/// <param name="generation">
/// Channels between two such times; more than one batch moves, for what a batch holds is in no database yet.
/// </param>
internal sealed class KnownTails(int generation)
{
    private Dictionary<ChannelId, ChannelTail> _young = [];
    private Dictionary<ChannelId, ChannelTail> _old = [];

    internal ChannelTail? Find(ChannelId channel)
    {
        if (_young.TryGetValue(channel, out var young))
            return young;
        return _old.TryGetValue(channel, out var old) ? old : null;
    }

    internal void Set(ChannelId channel, ChannelTail tail)
    {
        if (_young.Count >= generation && !_young.ContainsKey(channel))
            (_young, _old) = ([], _young);
        _young[channel] = tail;
    }

    internal void Clear()
    {
        _young.Clear();
        _old.Clear();
    }
}
