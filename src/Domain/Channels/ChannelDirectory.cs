using System.Collections.Concurrent;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>All channels of the relay by id and by name. Safe for use by several threads.</summary>
public sealed class ChannelDirectory(AgentPlaces places)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<ChannelId, Channel> _byId = new();
    private readonly HashSet<ChannelName> _names = [];

    /// <returns>Refuses <see cref="ErrorCode.UnknownChannel"/>.</returns>
    public Result<Channel> Find(ChannelId id) => _byId.TryGetValue(id, out var channel)
        ? channel
        : new Refusal(ErrorCode.UnknownChannel, "There is no channel with this id.");

    /// <summary>Takes a new channel, or finds the one that the same request made before.</summary>
    /// <returns>
    /// Refuses <see cref="ErrorCode.ChannelIdTaken"/>, <see cref="ErrorCode.RequestIdReused"/>,
    /// <see cref="ErrorCode.ChannelNameTaken"/>, <see cref="ErrorCode.LimitReached"/>.
    /// </returns>
    public Result<Channel> Add(Channel channel)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(channel.Id, out var before))
                return JudgeRepeat(before, channel);
            if (_names.Contains(channel.Name))
                return new Refusal(ErrorCode.ChannelNameTaken, $"There is a channel named {channel.Name} already.");
            if (places.Take(channel.Creator) is { } full)
                return full;
            _names.Add(channel.Name);
            _byId[channel.Id] = channel;
            return channel;
        }
    }

    private static Result<Channel> JudgeRepeat(Channel before, Channel channel)
    {
        if (before.Creator != channel.Creator)
            return new Refusal(ErrorCode.ChannelIdTaken, "Another agent's channel has this id.");
        if (before.CreationHash != channel.CreationHash)
            return new Refusal(ErrorCode.RequestIdReused, "This channel was created from another GroupInfo or Welcome, or under another name.");
        return before;
    }
}
