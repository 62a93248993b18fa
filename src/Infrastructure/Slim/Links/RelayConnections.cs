namespace Skytale.Slim.Links;

/// <summary>
/// The proxy's connections to the relay. Each carries so many links and no more, for a relay lets a connection have a bounded
/// number of streams; where all are full another is made. One that carries nothing any more is closed, but for the first.
/// May be called concurrently.
/// </summary>
/// <param name="connect">Makes one that connects by itself.</param>
/// <param name="linksEach">Links of one connection.</param>
/// <param name="most">Links of all.</param>
internal sealed class RelayConnections(Func<RelayLink.RelayLink> connect, int linksEach, int most) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Place> _places = [new Place(connect())];
    private int _links;

    /// <summary>A connection for one link more; null: there are as many as there may be.</summary>
    public Place? Take()
    {
        lock (_gate)
        {
            if (_links == most)
                return null;
            var place = _places.Find(place => place.Links < linksEach);
            if (place is null)
                _places.Add(place = new Place(connect()));
            place.Links++;
            _links++;
            return place;
        }
    }

    /// <summary>Gives a link's place back.</summary>
    public async ValueTask LeaveAsync(Place place)
    {
        lock (_gate)
        {
            place.Links--;
            _links--;
            if (place.Links > 0 || place == _places[0])
                return;
            _places.Remove(place);
        }
        await place.Relay.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in _places)
            await place.Relay.DisposeAsync();
    }

    /// <summary>One connection, and how many links it carries.</summary>
    internal sealed class Place(RelayLink.RelayLink relay)
    {
        public RelayLink.RelayLink Relay { get; } = relay;

        public int Links { get; set; }
    }
}
