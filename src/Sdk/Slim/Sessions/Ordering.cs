namespace Skytale.Sdk.Slim.Sessions;

/// <summary>
/// One sender's messages put in order, in a reliable session. Numbers run from 1 to 2^31 - 1, then from 0. Pure: what is
/// missing is asked for by the caller.
/// </summary>
internal sealed class Ordering
{
    /// <summary>The largest number of a message in order; beyond are those to one participant, which have no order.</summary>
    public const uint Last = uint.MaxValue / 2;

    /// <summary>How far ahead of the next a message may be: as many as a sender keeps for those who missed one.</summary>
    public const int Window = SentMessages.Capacity;

    // What came before its turn, and what will not come: all between the next and the end.
    private readonly Dictionary<uint, SlimMessage> _early = [];
    private readonly HashSet<uint> _lost = [];
    private uint? _next;
    private uint _end;
    private int _lostBefore;

    /// <param name="next">The first number to come; null where the sender has begun before this agent was there: whatever comes first is first.</param>
    public Ordering(uint? next)
    {
        _next = next;
        _end = next ?? 0;
    }

    /// <summary>Judges a number before its message is opened.</summary>
    public Place PlaceOf(uint number)
    {
        if (_next is not { } next || number == next)
            return Place.Next;
        var ahead = Ahead(next, number);
        if (ahead > Last / 2)
            return Place.Known;
        if (ahead > Window)
            return Place.TooEarly;
        return _early.ContainsKey(number) || _lost.Contains(number) ? Place.Known : Place.Early;
    }

    /// <summary>Takes a message whose place is <see cref="Place.Next"/> or <see cref="Place.Early"/>.</summary>
    /// <param name="missing">The numbers before it that nobody has asked for yet.</param>
    /// <returns>What can be delivered now, in order.</returns>
    public IReadOnlyList<SlimMessage> Take(uint number, SlimMessage message, out IReadOnlyList<uint> missing)
    {
        if (_next is null)
            _next = _end = number;
        var beyond = Ahead(_end, number);
        if (beyond <= Window)
        {
            missing = [.. Enumerable.Range(0, (int)beyond).Select(distance => Plus(_end, (uint)distance))];
            _end = Plus(number, 1);
        }
        else
        {
            missing = [];
        }
        _early.Add(number, message);
        return Release(_next.Value);
    }

    /// <summary>Gives a message up that was missing and cannot be had any more.</summary>
    /// <returns>What can be delivered now, in order.</returns>
    public IReadOnlyList<SlimMessage> GiveUp(uint number)
    {
        if (_next is not { } next || PlaceOf(number) is Place.Known or Place.TooEarly)
            return [];
        _lost.Add(number);
        return Release(next);
    }

    private List<SlimMessage> Release(uint next)
    {
        var released = new List<SlimMessage>();
        for (; next != _end; next = Plus(next, 1))
        {
            if (_early.Remove(next, out var message))
            {
                released.Add(_lostBefore > 0 ? message with { LostBefore = _lostBefore } : message);
                _lostBefore = 0;
            }
            else if (_lost.Remove(next))
            {
                _lostBefore++;
            }
            else
            {
                break;
            }
        }
        _next = next;
        return released;
    }

    private static uint Ahead(uint from, uint to) => (to - from) & Last;

    private static uint Plus(uint number, uint distance) => (number + distance) & Last;
}

/// <summary>Where a message stands among its sender's.</summary>
internal enum Place
{
    /// <summary>It is the one that is waited for.</summary>
    Next,

    /// <summary>Others are missing before it.</summary>
    Early,

    /// <summary>It was delivered, is kept, or was given up: nothing is to be done but to acknowledge it.</summary>
    Known,

    /// <summary>Too many are missing before it: it is not acknowledged, so that it comes again.</summary>
    TooEarly,
}
