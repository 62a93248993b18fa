namespace Skytale.Sdk.Slim.Sessions;

/// <summary>The last numbers that were seen, so that what comes again is known. Not for concurrent use.</summary>
internal sealed class RecentNumbers(int capacity)
{
    private readonly HashSet<uint> _numbers = [];
    private readonly Queue<uint> _order = new();

    public bool Contains(uint number) => _numbers.Contains(number);

    public void Add(uint number)
    {
        if (!_numbers.Add(number))
            return;
        _order.Enqueue(number);
        if (_order.Count > capacity)
            _numbers.Remove(_order.Dequeue());
    }
}
