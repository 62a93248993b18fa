using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// What belongs to agents across channels: how many channels each is in, and the Welcomes that wait for it, which stay
/// until it acknowledges them. Safe for use by several threads; called inside a channel's lock, never the reverse.
/// </summary>
public sealed class AgentPlaces(ChannelLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AgentId, Place> _places = [];
    private long _tickets;

    /// <summary>The Welcomes of an agent that were put down behind a ticket, oldest first, each with its own ticket.</summary>
    public IReadOnlyList<(long Ticket, WaitingWelcome Welcome)> WelcomesFor(AgentId agent, long behind)
    {
        lock (_gate)
            return _places.TryGetValue(agent, out var place) ? [.. place.Welcomes.Values.Where(waiting => waiting.Ticket > behind).OrderBy(waiting => waiting.Ticket)] : [];
    }

    /// <summary>The agent has stored what the Welcome led to. Another, later one of the same channel stays.</summary>
    public void Acknowledge(AgentId agent, ChannelId channel, Sequence sequence)
    {
        lock (_gate)
        {
            if (_places.TryGetValue(agent, out var place) && place.Welcomes.TryGetValue(channel, out var waiting) && waiting.Welcome.Sequence == sequence)
            {
                place.Welcomes.Remove(channel);
                ForgetIfEmpty(agent, place);
            }
        }
    }

    /// <summary>The creator's own place in its channel.</summary>
    internal Refusal? Take(AgentId creator)
    {
        lock (_gate)
        {
            var place = PlaceOf(creator);
            if (JudgeChannels(place) is { } full)
                return full;
            place.Channels++;
            return null;
        }
    }

    /// <summary>Places for all whom a commit adds, with its Welcome, and none any more for those whom it removes; or nothing at all.</summary>
    internal Refusal? Take(IReadOnlyList<AgentId> added, IReadOnlyList<AgentId> removed, WaitingWelcome welcome)
    {
        lock (_gate)
        {
            foreach (var agent in added)
            {
                var place = PlaceOf(agent);
                // Removed and added in one commit, it keeps the channel that it has.
                if (!removed.Contains(agent) && JudgeChannels(place) is { } full)
                    return full;
                if (place.Welcomes.Count >= limits.WelcomesPerAgent && !place.Welcomes.ContainsKey(welcome.ChannelId))
                    return ChannelLimits.Reached($"{limits.WelcomesPerAgent} Welcomes that wait for {agent}");
            }
            foreach (var agent in added)
            {
                var place = PlaceOf(agent);
                place.Channels++;
                place.Welcomes[welcome.ChannelId] = (++_tickets, welcome);
            }
            foreach (var agent in removed)
            {
                var place = PlaceOf(agent);
                place.Channels--;
                ForgetIfEmpty(agent, place);
            }
            return null;
        }
    }

    private Refusal? JudgeChannels(Place place) =>
        place.Channels < limits.ChannelsPerAgent ? null : ChannelLimits.Reached($"{limits.ChannelsPerAgent} channels of an agent");

    private Place PlaceOf(AgentId agent)
    {
        if (!_places.TryGetValue(agent, out var place))
            _places.Add(agent, place = new Place());
        return place;
    }

    private void ForgetIfEmpty(AgentId agent, Place place)
    {
        if (place is { Channels: 0, Welcomes.Count: 0 })
            _places.Remove(agent);
    }

    private sealed class Place
    {
        public int Channels { get; set; }

        public Dictionary<ChannelId, (long Ticket, WaitingWelcome Welcome)> Welcomes { get; } = [];
    }
}
