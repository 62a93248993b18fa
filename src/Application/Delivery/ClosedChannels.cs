using System.Collections.Concurrent;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The channels that the operator has closed, for ever. Safe for use by several threads.</summary>
public sealed class ClosedChannels(ChannelTails tails)
{
    private readonly ConcurrentDictionary<ChannelId, bool> _all = new();

    /// <summary>What whoever asks for something in one is answered.</summary>
    internal static Refusal Refusal { get; } = new(ErrorCode.ChannelClosed, "The operator has closed the channel.");

    internal bool Contains(ChannelId channel) => _all.ContainsKey(channel);

    /// <summary>Whoever waits for its next entry is told.</summary>
    internal void Close(string id)
    {
        if (ChannelId.TryParse(id, out var channel) && _all.TryAdd(channel, true))
            tails.Pulse(channel);
    }
}
